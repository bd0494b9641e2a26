import { SETTINGS, type Setting, type SettingKey } from '../../shared/domain/setting.ts'
import type { CountingBasis } from '../../shared/rules/talk-coverage.ts'
import { someMeta } from './record.ts'

/** A setting with the initial value of its key, in force since 2020. */
export function aSetting(over: Partial<Setting> = {}): Setting {
  const key: SettingKey = over.key ?? 'countable-roll-groups'
  return { ...someMeta(), key, value: [...SETTINGS[key].initial], since: '2020-01-01', basis: null, ...over }
}

/** What counts when nobody has set anything. */
export const aCountingBasis = (over: Partial<CountingBasis> = {}): CountingBasis => ({
  rollGroups: [...SETTINGS['countable-roll-groups'].initial] as CountingBasis['rollGroups'],
  talkTypes: [...SETTINGS['countable-talk-types'].initial] as CountingBasis['talkTypes'],
  talkFormats: [...SETTINGS['countable-talk-formats'].initial] as CountingBasis['talkFormats'],
  ...over,
})
