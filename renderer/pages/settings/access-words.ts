import { useTranslation } from 'react-i18next'
import type { Resources } from '../../../shared/i18n/language.ts'

type Kind = keyof Resources['setting']['access']['kind']

/** An action of the access log in words; one of a newer desk keeps its name. */
export function useAccessWord(): (action: string) => string {
  const { t, i18n } = useTranslation(['setting'])
  return (action) =>
    i18n.exists(`setting:access.kind.${action}`) ? t(`setting:access.kind.${action as Kind}`) : action
}
