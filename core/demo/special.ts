import { dotted, type LocalDate } from '../../shared/domain/dates.ts'
import type { CadreValues } from './person.ts'
import { addDays, lastTime } from './calendar.ts'
import { mergerDay } from './units.ts'

/** What sets one person apart from the run of the mill; everything else is chance. */
export interface Special {
  readonly set?: Partial<CadreValues>
  /** Archive birth month minus that of the identity number, in months (三龄认定). */
  readonly birthShift?: number
  /** Came on that day from a firm, by examination. */
  readonly recruited?: boolean
  /** Still in the first year (公务员法). */
  readonly onProbation?: boolean
  /** The day of the present post, where it is to be a recent one; what 职务提拔调整 talks follow from. */
  readonly appointed?: LocalDate
}

const yearBefore = (day: LocalDate): LocalDate => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
const archive = '出生年月按干部人事档案认定，以档案最先记载为准。'
const left = (leftOn: LocalDate, leftReason: string, rollState: string): Special => ({
  set: { leftOn, leftReason, rollState },
})
const away = (note: string): Special => ({ set: { rollGroup: 'staffed-away', note } })

type Specials = Readonly<Record<string, Special>>

/** By the key of the place. Dates are the last such days up to today, so that nothing lies in the future. */
export const specials = (today: LocalDate): Specials => ({ ...TRAITS, ...arrivals(today), ...departures(today) })

const TRAITS: Specials = {
  'party-2': away('借调至演示区机关工作，依据和期限待核。'),
  'economy-3': away('在演示区发展和改革局挂职锻炼，为期一年。'),
  'service-4': away('病休，按规定办理请假手续。'),
  'grid-2': away('抽调至区重点项目工作专班。'),

  'affairs-4': { birthShift: -3, set: { note: archive } },
  'farming-5': { birthShift: 5, set: { note: archive } },
  'economy-4': { birthShift: -11, set: { note: archive } },
  'village-3-1': { birthShift: 14, set: { note: '身份证号与档案记载的出生年月不一致，待区里认定。' } },

  'grid-3': { set: { ethnicity: '满族' } },
  'service-5': { set: { ethnicity: '朝鲜族' } },
  'economy-2': { set: { ethnicity: '回族' } },
  'farming-4': { set: { politicalStatus: '无党派人士', partyJoined: '无党派' } },
  'farming-2': { set: { politicalStatus: '九三学社社员', partyJoined: '九三' } },

  'general-2': { set: { tags: ['选调生'] } },
  'party-1': { set: { tags: ['选调生'] } },
  'armed': { set: { tags: ['退役军人'] } },
  'emergency-2': { set: { tags: ['退役军人'] } },
  'village-8-1': { set: { tags: ['退役军人'] } },
  'grid-1': { set: { tags: ['三支一扶'] } },
}

/** Who is new: recruited, put in another post, or sent here for a time. */
function arrivals(today: LocalDate): Specials {
  const secondedOn = yearBefore(lastTime('05-20', today))
  const firstSecretary = (joinedOn: LocalDate): Special => ({ set: { joinedOn, tags: ['第一书记'] } })
  return {
    'general-1': recruit(lastTime('08-20', today), '中共预备党员', lastTime('06-25', today)),
    'safety-1': recruit(lastTime('08-20', today), '共青团员', null),
    'service-1': recruit(lastTime('03-16', today), '共青团员', null),

    'mayor': { appointed: yearBefore(lastTime('03-06', today)) },
    'youth-mayor': { appointed: lastTime('02-10', today), set: { tags: ['选调生'] } },
    'economy-head': { appointed: yearBefore(lastTime('09-15', today)) },
    'service-head': { appointed: lastTime('06-18', today) },
    'party-deputy-1': { appointed: yearBefore(yearBefore(lastTime('11-03', today))) },

    'first-secretary-1': firstSecretary(secondedOn),
    'first-secretary-2': firstSecretary(secondedOn),
    'first-secretary-3': firstSecretary(addDays(secondedOn, 21)),
    'posted-deputy': { set: { joinedOn: lastTime('03-02', today), tags: ['挂职'] } },
  }
}

function recruit(day: LocalDate, politicalStatus: string, joinedParty: LocalDate | null): Special {
  const partyJoined = joinedParty && dotted(joinedParty.slice(0, 7))
  return {
    recruited: true,
    onProbation: true,
    appointed: day,
    set: { politicalStatus, partyJoined, rank: null, rankSince: null, joinedOn: day },
  }
}

const departures = (today: LocalDate): Specials => ({
  'left-moved-1': left(lastTime('05-12', today), '调出', '调出人员'),
  'left-moved-2': left(yearBefore(lastTime('10-09', today)), '调出', '调出人员'),
  'left-retired-1': left(lastTime('04-01', today), '离（退）休', '离退人员'),
  'left-retired-2': left(yearBefore(lastTime('07-01', today)), '离（退）休', '离退人员'),
  'left-village': left(mergerDay(today), '其他', '其他人员'),
})
