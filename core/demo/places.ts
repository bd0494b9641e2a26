import type { RollGroup, SEXES } from '../../shared/domain/cadre.ts'
import { TOWNSHIP, unitName, villageKey, type OfficeKey, type UnitKey } from './units.ts'
import { VILLAGES } from './words/villages.ts'

type Sex = (typeof SEXES)[number]
export type StaffKind = 'leader' | 'civil' | 'institution' | 'technical' | 'worker' | 'village' | 'auxiliary'

/** A seat in the township that somebody has or had. */
export interface Place {
  /** Names the person for ever: id, seed and references follow from it. */
  readonly key: string
  readonly unit: UnitKey
  readonly kind: StaffKind
  readonly rollGroup: RollGroup
  readonly post: string
  /** 乡科级正职 or 副职. */
  readonly level: 'full' | 'deputy' | null
  /** 1 first inside the unit. */
  readonly order: number | null
  /** Youngest and oldest the person may be. */
  readonly age: readonly [number, number]
  readonly sex: Sex | null
}

const { name: TOWN } = TOWNSHIP
type Leader = readonly [key: string, post: string, level: 'full' | 'deputy', from: number, to: number, sex?: Sex]

const LEADERS: readonly Leader[] = [
  ['secretary', '镇党委书记', 'full', 44, 48, 'male'],
  ['mayor', '镇党委副书记、镇长', 'full', 41, 45],
  ['congress', '镇人大主席', 'full', 50, 54, 'male'],
  ['deputy-secretary', '镇党委副书记、政法委员', 'deputy', 40, 44, 'male'],
  ['discipline', '镇党委委员、纪委书记', 'deputy', 41, 46, 'male'],
  ['commissioner', '镇党委委员、组织委员', 'deputy', 36, 40, 'female'],
  ['propaganda', '镇党委委员、宣传委员', 'deputy', 34, 38, 'female'],
  ['armed', '镇党委委员、武装部长', 'deputy', 38, 43, 'male'],
  ['executive', '镇党委委员、副镇长', 'deputy', 39, 45, 'male'],
  ['deputy-mayor', '镇副镇长', 'deputy', 37, 44, 'male'],
  ['youth-mayor', '镇副镇长', 'deputy', 33, 35],
]

type Office = readonly [unit: OfficeKey, kind: StaffKind, deputies: number, staff: number, oldest: number]

const STAFF: readonly Office[] = [
  ['general', 'civil', 1, 5, 54],
  ['party', 'civil', 1, 4, 48],
  ['economy', 'civil', 1, 5, 52],
  ['affairs', 'civil', 1, 5, 55],
  ['safety', 'civil', 1, 4, 53],
  ['emergency', 'civil', 1, 4, 50],
  ['service', 'institution', 1, 7, 54],
  ['farming', 'technical', 1, 7, 57],
  ['grid', 'institution', 1, 5, 52],
]

const staffed = { rollGroup: 'in-post', level: null, order: null, sex: null } as const

function leaders(): Place[] {
  return LEADERS.map(([key, post, level, from, to, sex], index) => ({
    ...staffed,
    key,
    unit: 'leaders',
    kind: 'leader',
    post: post.replace(/^镇/, TOWN),
    level,
    order: index + 1,
    age: [from, to],
    sex: sex ?? null,
  }))
}

function office([unit, kind, deputies, staff, oldest]: Office): Place[] {
  const name = `${TOWN}${unitName(unit)}`
  const head: Place = { ...staffed, key: `${unit}-head`, unit, kind, post: `${name}主任`, order: 1, age: [38, 49] }
  const second = Array.from({ length: deputies }, (_, index): Place => {
    const key = `${unit}-deputy-${index + 1}`
    return { ...staffed, key, unit, kind, post: `${name}副主任`, order: index + 2, age: [33, 43] }
  })
  const others = Array.from({ length: staff }, (_, index): Place => {
    // A spread from just recruited to close to retirement in every office.
    const youngest = 25 + Math.round((index * (oldest - 32)) / Math.max(1, staff - 1))
    return {
      ...staffed,
      key: `${unit}-${index + 1}`,
      unit,
      kind,
      post: `${name}工作人员`,
      age: [youngest, youngest + 5],
    }
  })
  return [head, ...second, ...others]
}

function villages(): Place[] {
  return VILLAGES.flatMap((name, index): Place[] => {
    const seat = { ...staffed, unit: villageKey(index), kind: 'village', rollGroup: 'village' } as const
    const second = index % 2 === 0 ? '党支部委员、村委会委员' : '村委会委员、妇联主席'
    return [
      { ...seat, key: `village-${index + 1}-1`, post: `${TOWN}${name}党支部书记、村委会主任`, order: 1, age: [42, 58] },
      {
        ...seat,
        key: `village-${index + 1}-2`,
        post: `${TOWN}${name}${second}`,
        order: 2,
        age: [32, 52],
        sex: index % 2 === 0 ? null : 'female',
      },
    ]
  })
}

/** Who came from elsewhere for a time: first secretaries in villages, and a deputy on a temporary post. */
function received(): Place[] {
  const away = { ...staffed, kind: 'civil', rollGroup: 'received', age: [32, 44] } as const
  const first = (key: string, village: number, sender: string): Place => ({
    ...away,
    key,
    unit: villageKey(village),
    post: `${TOWN}${VILLAGES[village]}第一书记（${sender}派驻）`,
  })
  return [
    first('first-secretary-1', 2, '演示区财政局'),
    first('first-secretary-2', 6, '演示区农业农村局'),
    first('first-secretary-3', 12, '演示区文化和旅游局'),
    { ...away, key: 'posted-deputy', unit: 'leaders', post: `${TOWN}副镇长（挂职）`, order: 12 },
  ]
}

const AUXILIARY: readonly (readonly [OfficeKey, string])[] = [
  ['service', '窗口工作人员（劳务派遣）'],
  ['service', '窗口工作人员（劳务派遣）'],
  ['service', '帮办代办员（公益岗）'],
  ['grid', '热线受理员（劳务派遣）'],
  ['grid', '网格员（公益岗）'],
  ['emergency', '防火巡查员（公益岗）'],
  ['emergency', '值班员（劳务派遣）'],
  ['general', '文印员（劳务派遣）'],
]

function others(): Place[] {
  const auxiliary = AUXILIARY.map(([unit, trade], index): Place => {
    const seat = { ...staffed, kind: 'auxiliary', rollGroup: 'auxiliary', age: [27, 48] } as const
    return { ...seat, key: `auxiliary-${index + 1}`, unit, post: `${TOWN}${unitName(unit)}${trade}` }
  })
  const gone = (key: string, unit: UnitKey, kind: StaffKind, post: string, from: number): Place => ({
    ...staffed,
    key,
    unit,
    kind,
    rollGroup: kind === 'village' ? 'village' : 'in-post',
    post: `${TOWN}${unitName(unit)}${post}`,
    age: [from, from + 3],
  })
  return [
    ...auxiliary,
    {
      ...staffed,
      key: 'driver',
      unit: 'general',
      kind: 'worker',
      post: `${TOWN}机关驾驶员`,
      age: [47, 54],
      sex: 'male',
    },
    {
      ...staffed,
      key: 'electrician',
      unit: 'service',
      kind: 'worker',
      post: `${TOWN}机关水电工`,
      age: [50, 56],
      sex: 'male',
    },
    gone('left-moved-1', 'economy', 'civil', '副主任', 35),
    gone('left-moved-2', 'party', 'civil', '工作人员', 30),
    { ...gone('left-retired-1', 'farming', 'technical', '工作人员', 60), sex: 'male' },
    { ...gone('left-retired-2', 'affairs', 'civil', '工作人员', 60), sex: 'male' },
    gone('left-village', 'merged-village', 'village', '党支部书记、村委会主任', 56),
  ]
}

/** Every seat, leaders first. */
export const demoPlaces = (): Place[] => [
  ...leaders(),
  ...STAFF.flatMap(office),
  ...received(),
  ...villages(),
  ...others(),
]
