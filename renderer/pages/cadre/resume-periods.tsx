import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ResumeEntry, ResumePeriod } from '../../../shared/domain/resume.ts'
import { formatMonth } from '../../kit/format.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './resume.module.css'

/** The periods of a résumé, each 其间 under its period; a line that could not be read stands as written. */
export function ResumePeriods({ entries }: { readonly entries: readonly ResumeEntry[] }) {
  const { t } = useTranslation('cadre')
  return (
    <Table className={classes.periods} verticalSpacing={7}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('resume.span')}</Table.Th>
          <Table.Th scope="col">{t('resume.what')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) =>
          entry.kind === 'period' ? (
            <Period key={entry.line} period={entry} />
          ) : (
            <Table.Tr key={entry.line}>
              <Table.Td>
                <StatusWord tone="quiet">{t('resume.unread')}</StatusWord>
              </Table.Td>
              <Table.Td>{entry.text}</Table.Td>
            </Table.Tr>
          ),
        )}
      </Table.Tbody>
    </Table>
  )
}

function Period({ period }: { readonly period: ResumePeriod }) {
  const { t } = useTranslation('cadre')
  const span = (from: string, to: string | null) =>
    `${formatMonth(from)} – ${to === null ? t('resume.now') : formatMonth(to)}`
  return (
    <Table.Tr>
      <Table.Td className={classes.span}>{span(period.from, period.to)}</Table.Td>
      <Table.Td>
        {period.text}
        {period.notes.map((note) => (
          <Text key={`${note.from ?? ''}${note.text}`} size="sm" c="dimmed">
            {t('resume.note')}　{note.from === null ? '' : `${span(note.from, note.to)}　`}
            {note.text}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
