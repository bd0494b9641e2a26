import { cadre, type Cadre, type FamilyMember } from '../../shared/domain/cadre.ts'
import { emptyValues, type ValuesOf } from '../../shared/domain/register.ts'
import { aNumber } from './id.ts'
import { anIdentityNumber } from './identity-number.ts'
import { someMeta } from './record.ts'

const GIVEN = '一二三四五六七八九'

/** A made-up name that differs from the one before: 试一一二, 试一一三 … */
export function aName(): string {
  const n = aNumber()
  return `试${[81, 9, 1].map((place) => GIVEN[Math.floor(n / place) % 9]).join('')}`
}

/**
 * A 公务员 on the roll since before records began, with a valid identity number of the right month and sex.
 *
 * Give `birthMonth` or `sex` and the number follows; give `identityNumber` and it is taken as it is.
 */
export function aCadre(over: Partial<Cadre> = {}): Cadre {
  const birthMonth = over.birthMonth === undefined ? '1985-07' : over.birthMonth
  const sex = over.sex === undefined ? 'male' : over.sex
  return {
    ...someMeta(),
    ...(emptyValues(cadre) as ValuesOf<typeof cadre>),
    name: aName(),
    sex,
    birthMonth,
    identityNumber: anIdentityNumber({ birth: birthMonth ?? '1985-07', male: sex !== 'female' }),
    ethnicity: '汉族',
    nativePlace: '山东威海',
    politicalStatus: '中共党员',
    partyJoined: '2006.06',
    workStartedOn: '2007-08',
    rollGroup: 'in-post',
    cadreCategory: '公务员',
    staffing: '行政编制',
    rollState: '现职人员',
    postTitle: '试验镇党建工作办公室科员',
    rank: '四级主任科员',
    ...over,
  }
}

/** One line of a family list. */
export const aFamilyMember = (over: Partial<FamilyMember> = {}): FamilyMember => ({
  relation: '妻子',
  name: aName(),
  birthMonth: '1986-03',
  politicalStatus: '群众',
  post: '试验区第一小学教师',
  ...over,
})
