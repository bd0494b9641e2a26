import { useTranslation } from 'react-i18next'
import { ROLL_GROUPS, type RollGroup } from '../../../shared/domain/cadre.ts'
import type { SettingKey } from '../../../shared/domain/setting.ts'
import { TALK_FORMATS, TALK_TYPES, type TalkType } from '../../../shared/domain/talk.ts'

/** The values each setting may list. */
export const VALUES: Readonly<Record<SettingKey, readonly string[]>> = {
  'countable-roll-groups': ROLL_GROUPS,
  'countable-talk-types': TALK_TYPES,
  'countable-talk-formats': TALK_FORMATS,
}

/** One value of a setting in words. */
export function useValueWord(): (key: SettingKey, value: string) => string {
  const { t } = useTranslation(['cadre', 'talk'])
  return (key, value) => {
    if (key === 'countable-roll-groups') return t(`cadre:rollGroup.${value as RollGroup}`)
    if (key === 'countable-talk-types') return t(`talk:talkType.${value as TalkType}`)
    return t(`talk:format.${value as (typeof TALK_FORMATS)[number]}`)
  }
}

export function useValueWords(): (key: SettingKey, values: readonly string[]) => string {
  const { t } = useTranslation(['common'])
  const word = useValueWord()
  return (key, values) => values.map((value) => word(key, value)).join(t('common:separator'))
}
