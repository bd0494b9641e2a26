import { useCallback, useMemo } from 'react'
import type { RollGroup } from '../../shared/domain/cadre.ts'
import { settingAt } from '../../shared/domain/setting.ts'
import type { CountingBasis } from '../../shared/rules/talk-coverage.ts'
import { useCall } from '../api/use-call.ts'
import { useCan, useSession } from './session.ts'

/** What counts to the W18 rate today; until the settings are there, and for who may not read them, the initial ones. */
export function useCountingBasis(): CountingBasis {
  const { today } = useSession()
  const enabled = useCan()('setting:read')
  const { data } = useCall('setting.list', {}, { enabled })
  return useMemo(() => {
    const all = data?.rows ?? []
    return {
      rollGroups: settingAt(all, 'countable-roll-groups', today).value,
      talkTypes: settingAt(all, 'countable-talk-types', today).value,
      talkFormats: settingAt(all, 'countable-talk-formats', today).value,
    }
  }, [data, today])
}

/** Whether a roll group counts to it. */
export function useCountable(): (group: RollGroup) => boolean {
  const { rollGroups } = useCountingBasis()
  return useCallback((group) => rollGroups.includes(group), [rollGroups])
}
