import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { formatRate } from '../../kit/format.ts'
import classes from './missing.module.css'
import type { MissingSearch } from './missing.tsx'

/** In the address for those nobody is assigned to; no name is a hyphen. */
export const NO_TALKER = '-'
type Coverage = Output<'talk.coverage'>

interface Line {
  readonly key: string
  readonly label: string
  readonly onRoll: number
  readonly talked: number
  readonly rate: number | null
  readonly filter: MissingSearch
  readonly chosen: boolean
}

/** The same figures by unit or by who is to talk, in the order of the roll and never ranked. A click filters the list. */
export function CoverageTallies({
  coverage,
  search,
  onSearch,
}: {
  readonly coverage: Coverage
  readonly search: MissingSearch
  readonly onSearch: (search: MissingSearch) => void
}) {
  const { t } = useTranslation('talk')
  const [by, setBy] = useState<'unit' | 'talker'>(search.talkerName === undefined ? 'unit' : 'talker')
  const lines =
    by === 'unit'
      ? unitLines(coverage, search, t('missing.noUnit'))
      : talkerLines(coverage, search, t('missing.noTalker'))
  return (
    <aside className={classes.tallies} aria-label={t('coverage.byTitle')}>
      <SegmentedControl
        size="xs"
        aria-label={t('coverage.byTitle')}
        value={by}
        onChange={(next) => setBy(next as 'unit' | 'talker')}
        data={[
          { value: 'unit', label: t('coverage.byUnit') },
          { value: 'talker', label: t('coverage.byTalker') },
        ]}
      />
      <div className={classes.tallyScroll}>
        <table className={classes.tally}>
          <thead>
            <tr>
              <th scope="col">{by === 'unit' ? t('column.unitName') : t('column.assigned')}</th>
              <th scope="col">{t('coverage.shortOnRoll')}</th>
              <th scope="col">{t('coverage.shortTalked')}</th>
              <th scope="col">{t('coverage.rate')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key} data-chosen={line.chosen}>
                <th scope="row">
                  <UnstyledButton
                    aria-pressed={line.chosen}
                    className={classes.pick}
                    onClick={() => onSearch(line.filter)}
                  >
                    {line.label}
                  </UnstyledButton>
                </th>
                <td>{line.onRoll}</td>
                <td>{line.talked}</td>
                <td>{formatRate(line.rate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </aside>
  )
}

const unitLines = ({ byUnit }: Coverage, search: MissingSearch, none: string): Line[] =>
  byUnit.map(({ unitId, unitName, ...tally }) => {
    const chosen = unitId !== null && search.unitId === unitId
    return {
      ...tally,
      key: unitId ?? '',
      label: unitName ?? none,
      chosen,
      filter: { unitId: chosen ? undefined : (unitId ?? undefined), talkerName: undefined },
    }
  })

const talkerLines = ({ byTalker }: Coverage, search: MissingSearch, none: string): Line[] =>
  byTalker.map(({ talkerName, ...tally }) => {
    const name = talkerName ?? NO_TALKER
    const chosen = search.talkerName === name
    return {
      ...tally,
      key: name,
      label: talkerName ?? none,
      chosen,
      filter: { talkerName: chosen ? undefined : name, unitId: undefined },
    }
  })
