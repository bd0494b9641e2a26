import { useTranslation } from 'react-i18next'
import type { Resources } from '../../../shared/i18n/language.ts'
import { formatMoment } from '../../kit/format.ts'
import { fieldLabel } from '../../kit/texts.ts'

type Kind = keyof Resources['setting']['access']['kind']

/** An action of the access log in words; one of a newer desk keeps its name. */
export function useAccessWord(): (action: string) => string {
  const { t, i18n } = useTranslation(['setting'])
  return (action) =>
    i18n.exists(`setting:access.kind.${action}`) ? t(`setting:access.kind.${action as Kind}`) : action
}

/** Their detail names the fields that were opened. */
const OPENING = ['reveal', 'print']
const RESTORED = /^backup=(\S+) /
const ROWS = /^rows=(\d+)$/
const FAILURES = /^failures=(\d+)$/

/** What the log adds to an action, in words: failures before an unlock, the fields that were viewed. */
export function useAccessDetail(): (row: { action: string; register: string | null; detail: string | null }) => string {
  const { t } = useTranslation(['setting', 'common'])
  return ({ action, register, detail }) => {
    if (detail === null) return ''
    if (detail === 'init') return t('access.said.init')
    if (detail === 'keystore') return t('access.said.keystore')
    const failures = FAILURES.exec(detail)?.[1]
    if (failures !== undefined) return t('access.said.failures', { count: Number(failures) })
    const rows = ROWS.exec(detail)?.[1]
    if (rows !== undefined) return t('access.said.rows', { count: Number(rows) })
    const restored = RESTORED.exec(detail)
    if (restored) return t('access.said.restored', { at: formatMoment(restored[1] === '?' ? null : restored[1]) })
    if (!OPENING.includes(action) || register === null) return detail
    return detail
      .split(',')
      .map((field) => fieldLabel(register, field))
      .join(t('common:separator'))
  }
}
