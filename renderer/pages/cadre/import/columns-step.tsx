import { Alert, Button, Group, Select, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import type { RosterFile } from '../../../../shared/contract/roster.ts'
import { useCommand } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { ImportProgress } from '../../../kit/import/run.tsx'
import { StatusWord } from '../../../kit/status-word.tsx'
import { KEEP, useFieldOptions } from './field-options.ts'
import headings from '../../../kit/table.module.css'
import classes from './import.module.css'

type Mapping = Readonly<Record<string, string | null>>
type RosterColumn = RosterFile['columns'][number]

/** 对应列: our guess, how sure it is, what stands in the column; each can be changed and is remembered for the next file. */
export function ColumnsStep({
  file: opened,
  onOther,
  onChecked,
}: {
  readonly file: RosterFile
  readonly onOther: () => void
  readonly onChecked: (checked: Output<'roster.check'>) => void
}) {
  const { t } = useTranslation('roster')
  const check = useCommand('roster.check')
  const [file, setFile] = useState(opened)
  const [mapping, setMapping] = useState<Mapping>(() => guessOf(opened))
  const problem = useMappingProblem(mapping)
  const changeSheet = async (sheet: number) => {
    const checked = await check.run({ importId: file.importId, sheet })
    setFile(checked.file)
    setMapping(guessOf(checked.file))
  }
  const next = async () => onChecked(await check.run({ importId: file.importId, mapping: { ...mapping } }))
  return (
    <>
      <Group gap="md">
        <Text fw={600}>{file.fileName}</Text>
        {file.sheets.length > 1 && (
          <Select
            size="sm"
            aria-label={t('file.sheet')}
            allowDeselect={false}
            data={file.sheets.map((sheet, index) => ({
              value: String(index),
              label: t('file.sheetRows', { name: sheet.name, count: sheet.rows }),
            }))}
            value={String(file.sheet)}
            onChange={(sheet) => sheet !== null && void changeSheet(Number(sheet)).catch(() => undefined)}
          />
        )}
        <Text size="sm" c="dimmed">
          {t('file.found', { rows: file.headerRows.join('–'), count: file.dataRows })}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t('columns.hint')}
      </Text>
      <div className={classes.scroll}>
        <ColumnTable
          file={file}
          mapping={mapping}
          onMap={(index, field) => setMapping({ ...mapping, [index]: field })}
        />
      </div>
      {problem !== null && (
        <Alert color="alarm" variant="light" p="sm">
          {problem}
        </Alert>
      )}
      <FaultAlert fault={check.fault} />
      {check.pending && <ImportProgress register="roster" importId={file.importId} />}
      <Group gap="sm">
        <Button loading={check.pending} disabled={problem !== null} onClick={() => void next().catch(() => undefined)}>
          {t('columns.next')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onOther}>
          {t('file.other')}
        </Button>
      </Group>
    </>
  )
}

const guessOf = (file: RosterFile): Mapping =>
  Object.fromEntries(file.columns.map(({ index, field }) => [String(index), field]))

/** Without a name there is nobody; one field cannot come from two columns. */
function useMappingProblem(mapping: Mapping): string | null {
  const { t } = useTranslation('roster')
  const { labelOf } = useFieldOptions()
  const fields = Object.values(mapping).filter((field) => field !== null)
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined) return t('columns.twice', { field: labelOf(twice) })
  return fields.includes('name') ? null : t('columns.noName')
}

function ColumnTable({
  file,
  mapping,
  onMap,
}: {
  readonly file: RosterFile
  readonly mapping: Mapping
  readonly onMap: (index: number, field: string | null) => void
}) {
  const { t } = useTranslation('roster')
  return (
    <Table className={`${headings.headed} ${classes.columns}`} stickyHeader verticalSpacing={4} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          {(['column', 'header', 'field', 'confidence', 'samples'] as const).map((head) => (
            <Table.Th key={head} scope="col" data-head={head}>
              {t(`columns.${head}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {file.columns.map((column) => (
          <ColumnRow
            key={column.index}
            column={column}
            field={mapping[column.index] ?? null}
            onMap={(field) => onMap(column.index, field)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function ColumnRow({
  column,
  field,
  onMap,
}: {
  readonly column: RosterColumn
  readonly field: string | null
  readonly onMap: (field: string | null) => void
}) {
  const { t } = useTranslation('roster')
  const { options } = useFieldOptions()
  const header = column.header || t('columns.noHeader')
  return (
    <Table.Tr>
      <Table.Td>{column.letter}</Table.Td>
      <Table.Td>{header}</Table.Td>
      <Table.Td>
        <Select
          size="xs"
          aria-label={`${t('columns.field')} ${column.letter} ${header}`}
          data={options}
          searchable
          allowDeselect={false}
          value={field ?? KEEP}
          onChange={(value) => onMap(value === KEEP ? null : value)}
        />
      </Table.Td>
      <Table.Td>
        <Confidence column={column} field={field} />
      </Table.Td>
      <Table.Td className={classes.samples}>{column.samples.join('　')}</Table.Td>
    </Table.Tr>
  )
}

/** A column somebody chose is certain; one that is kept as it is needs no certainty. */
function Confidence({ column, field }: { readonly column: RosterColumn; readonly field: string | null }) {
  const { t } = useTranslation('roster')
  if (field === null) return null
  if (field !== column.field || column.confidence >= 0.95)
    return <StatusWord tone="done">{t('columns.sure')}</StatusWord>
  if (column.confidence >= 0.7) return <StatusWord tone="info">{t('columns.likely')}</StatusWord>
  return <StatusWord tone="soon">{t('columns.unsure')}</StatusWord>
}
