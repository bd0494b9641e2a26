import type { RollGroup } from '../../shared/domain/cadre.ts'
import { settingAt } from '../../shared/domain/setting.ts'
import { useCall } from '../api/use-call.ts'
import { useCan, useSession } from './session.ts'

/** Whether a roll group counts to the W18 rate today; until the settings are there, the initial ones are taken. */
export function useCountable(): (group: RollGroup) => boolean {
  const { today } = useSession()
  const enabled = useCan()('setting:read')
  const { data } = useCall('setting.list', {}, { enabled })
  const { value } = settingAt(data?.rows ?? [], 'countable-roll-groups', today)
  return (group) => value.includes(group)
}
