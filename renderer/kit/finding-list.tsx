import { Anchor, Popover, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../shared/rules/finding.ts'
import { POLICY, type PolicyId } from '../../shared/rules/policy.ts'
import classes from './finding-list.module.css'
import { StatusWord, type Tone } from './status-word.tsx'
import { findingSentence, useCitation } from './texts.ts'

const TONES: Readonly<Record<Finding['severity'], Tone>> = { block: 'alarm', warn: 'soon', info: 'info' }

/** What the rules say, each with its source. Under a field (`inField`) or in the right column of a page. */
export function FindingList({
  findings,
  inField = false,
}: {
  readonly findings: readonly Finding[]
  readonly inField?: boolean
}) {
  const { t } = useTranslation(['common'])
  if (findings.length === 0) return null
  return (
    <Stack component="ul" gap="xs" className={classes.list}>
      {findings.map((finding) => (
        <li
          key={`${finding.rule}.${finding.outcome}.${finding.field ?? ''}.${JSON.stringify(finding.params)}`}
          className={classes.item}
          data-field={inField}
        >
          <StatusWord tone={TONES[finding.severity]}>{t(`common:severity.${finding.severity}`)}</StatusWord>
          <span className={classes.sentence}>
            {findingSentence(finding)} <Citation rule={finding.rule} />
          </span>
        </li>
      ))}
    </Stack>
  )
}

/** 威发〔2019〕2号第18条 as a quiet link; opens document, clause, date and our one-line summary. */
export function Citation({
  rule,
  summary,
}: {
  readonly rule: PolicyId
  /** Another sentence of the same clause than the rule's own, where the clause asks for more than one thing. */
  readonly summary?: string
}) {
  const { t } = useTranslation(['common', 'rule'])
  const citation = useCitation()(rule)
  const { document, article, since } = POLICY[rule]
  return (
    <Popover width={320} withinPortal>
      <Popover.Target>
        <Anchor component="button" type="button" className={classes.citation}>
          {citation}
        </Anchor>
      </Popover.Target>
      <Popover.Dropdown aria-label={citation}>
        <dl className={classes.source}>
          <dt>{t('citation.document')}</dt>
          <dd>{document ?? t('citation.own')}</dd>
          {article !== null && (
            <>
              <dt>{t('citation.article')}</dt>
              <dd>{article}</dd>
            </>
          )}
          <dt>{t('citation.since')}</dt>
          <dd>{since}</dd>
          {summary === undefined && (
            <>
              <dt>{t('citation.rule')}</dt>
              <dd>{rule}</dd>
            </>
          )}
        </dl>
        <Text size="sm">{summary ?? t(`rule:${rule}.summary`)}</Text>
      </Popover.Dropdown>
    </Popover>
  )
}
