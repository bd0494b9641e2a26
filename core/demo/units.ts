import type { LocalDate } from '../../shared/domain/dates.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import type { unit } from '../../shared/domain/unit.ts'
import { lastTime } from './calendar.ts'
import { MERGED_VILLAGE, VILLAGES } from './words/villages.ts'

/** A made-up township under a code nobody has: 371099 is no district. */
export const TOWNSHIP = { name: '演示镇', code: '371099101' } as const

export const OFFICES = {
  leaders: { name: '镇领导班子', kind: 'team' },
  general: { name: '党政综合办公室', kind: 'office' },
  party: { name: '党建工作办公室', kind: 'office' },
  economy: { name: '经济发展办公室', kind: 'office' },
  affairs: { name: '社会事务办公室', kind: 'office' },
  safety: { name: '平安建设办公室', kind: 'office' },
  emergency: { name: '应急管理办公室', kind: 'office' },
  service: { name: '便民服务中心', kind: 'institution' },
  farming: { name: '农业综合服务中心', kind: 'institution' },
  grid: { name: '综合治理服务中心', kind: 'institution' },
} as const
export type OfficeKey = keyof typeof OFFICES
export type UnitKey = OfficeKey | `village-${number}` | 'merged-village'

export const villageKey = (index: number): UnitKey => `village-${index + 1}`

/** The name of any unit below the township. */
export function unitName(key: UnitKey): string {
  if (key in OFFICES) return OFFICES[key as OfficeKey].name
  return key === 'merged-village' ? MERGED_VILLAGE : VILLAGES[Number(key.slice('village-'.length)) - 1]!
}

/** The day 小榆树村 was joined to its neighbour: a July, one to two years back. */
export const mergerDay = (today: LocalDate): LocalDate => {
  const july = lastTime('07-01', today)
  return `${Number(july.slice(0, 4)) - 1}${july.slice(4)}`
}

type UnitValues = ValuesOf<typeof unit>

/** Everything below the root. */
export function demoUnits(
  today: LocalDate,
  rootUnitId: string,
  idOf: (key: UnitKey) => string,
): { id: string; values: UnitValues }[] {
  const shared = { shortName: null, unitCode: null, parentId: rootUnitId, validFrom: null, validTo: null }
  const offices = Object.entries(OFFICES).map(([key, { name, kind }], index) => ({
    id: idOf(key as OfficeKey),
    values: { ...shared, name, kind, sortOrder: index + 1 },
  }))
  const villages = VILLAGES.map((name, index) => ({
    id: idOf(villageKey(index)),
    values: { ...shared, name, kind: 'village' as const, sortOrder: offices.length + index + 1 },
  }))
  const merged = {
    id: idOf('merged-village'),
    values: { ...shared, name: MERGED_VILLAGE, kind: 'village' as const, sortOrder: null, validTo: mergerDay(today) },
  }
  return [...offices, ...villages, merged]
}
