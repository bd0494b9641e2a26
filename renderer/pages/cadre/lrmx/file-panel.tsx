import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LrmxFile } from '../../../../shared/contract/lrmx.ts'
import { useFieldText } from '../../../kit/field-text.ts'
import { FindingList } from '../../../kit/finding-list.tsx'
import { formatMonth } from '../../../kit/format.ts'
import type { Decision } from '../../../kit/import/choices.ts'
import { ChangeTable, ConfirmMatch, ImportPanel, ProblemLine } from '../../../kit/import/panel.tsx'
import { fieldLabel } from '../../../kit/texts.ts'
import { problemSentence } from './problem-sentence.ts'

type Change = LrmxFile['changes'][number]

/** One file: who it may be, what is wrong with it, what the rules say, what would change. */
export function FilePanel({
  file,
  decision,
  onDecide,
  onClose,
}: {
  readonly file: LrmxFile
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['lrmx', 'import', 'common'])
  const nameOf = ({ name, birthMonth }: NonNullable<LrmxFile['match']>): string =>
    birthMonth === null ? name : t('import:confirm.named', { name, birth: formatMonth(birthMonth) })
  const textOf = useValueText()
  const label = t('check.panel', { fileName: file.fileName })
  return (
    <ImportPanel label={label} heading={file.fileName} onClose={onClose}>
      {file.kind !== null && file.version !== '' && (
        <Text size="sm" c="dimmed">
          {t('check.version', { kind: `.${file.kind}`, version: file.version })}
        </Text>
      )}
      {file.state === 'confirm' && file.match && (
        <ConfirmMatch match={file.match} name={nameOf(file.match)} decision={decision} onDecide={onDecide} />
      )}
      {file.problems.map((problem) => (
        <ProblemLine
          key={`${problem.code}${problem.element ?? ''}`}
          severity={problem.severity}
          sentence={problemSentence(problem)}
        />
      ))}
      <FindingList findings={file.findings} />
      {file.kept.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('check.kept', { count: file.kept.length, names: file.kept.join(t('common:separator')) })}
        </Text>
      )}
      <ChangeTable
        changes={file.changes}
        isNew={file.match === null}
        labelOf={(field) => fieldLabel('cadre', field)}
        textOf={textOf}
      />
      {file.state === 'unchanged' && <Text size="sm">{t('check.same')}</Text>}
    </ImportPanel>
  )
}

/** A value on one line: photos and families by what they are, hidden ones by that. */
function useValueText(): (change: Change, side: 'was' | 'now') => string {
  const { t } = useTranslation('lrmx')
  const fieldText = useFieldText()
  return ({ field, hidden, ...values }, side) => {
    const value = values[side]
    if (hidden && value === null) return t('check.hiddenNow')
    if (field === 'photo' && value === null) return t('check.photoNone')
    if (field === 'photo') return side === 'now' ? t('check.photoNew') : t('check.photoHad')
    if (Array.isArray(value)) return t('check.people', { count: value.length })
    return fieldText('cadre', field, value)
  }
}
