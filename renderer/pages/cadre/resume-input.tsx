import { Button, Group, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatResume, parseResume } from '../../../shared/domain/resume.ts'
import type { FormFieldProps } from '../../kit/form-field.tsx'
import { FormTextarea } from '../../kit/form-text.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { ResumePeriods } from './resume-periods.tsx'

/** The résumé as one text, and below it what the program reads in it: how many periods, and what it cannot read. */
export function ResumeInput(props: FormFieldProps<string | null> & { readonly maxLength: number }) {
  const { t } = useTranslation('cadre')
  const { field } = props
  const entries = useMemo(() => parseResume(field.value ?? ''), [field.value])
  const periods = entries.filter((entry) => entry.kind === 'period')
  const tidy = formatResume(entries)
  const [shown, setShown] = useState(false)
  return (
    <>
      <FormTextarea {...props} rows={8} />
      {entries.length > 0 && (
        <Stack gap="xs" ms={152}>
          <Group gap="md">
            <Text size="sm" c="dimmed">
              {t('resume.read', { count: periods.length })}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={shown}
              title={t('resume.view')}
              onClick={() => setShown(!shown)}
            >
              {t('resume.periods')}
            </Button>
            {tidy !== field.value && (
              <Button size="compact-sm" variant="default" title={t('resume.tidyHint')} onClick={() => field.set(tidy)}>
                {t('resume.tidy')}
              </Button>
            )}
          </Group>
          {entries.map(
            (entry) =>
              entry.kind === 'unread' && (
                <StatusWord key={entry.line} tone="info">
                  {t('resume.unreadLine', { line: entry.line })}
                </StatusWord>
              ),
          )}
          {shown && <ResumePeriods entries={entries} />}
        </Stack>
      )}
    </>
  )
}
