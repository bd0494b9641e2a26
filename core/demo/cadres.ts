import { cadre } from '../../shared/domain/cadre.ts'
import { ageAt, dotted, yearOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import { emptyValues } from '../../shared/domain/register.ts'
import { addMonths, earlier, later } from './calendar.ts'
import { appraisalsOf, careerOf, type Career } from './career.ts'
import { educationOf, type Education } from './education.ts'
import { familyOf } from './family.ts'
import type { CadreValues, Person } from './person.ts'
import { createRandom, type Random } from './random.ts'
import { standingOf } from './standing.ts'
import type { UnitKey } from './units.ts'
import { AWARDS, NATIVE_PLACES } from './words/background.ts'

/** The whole file of a person. */
export function cadreValues(
  person: Person,
  index: number,
  today: LocalDate,
  unitIdOf: (key: UnitKey) => string,
): CadreValues {
  const random = createRandom(`file:${person.place.key}`)
  const education = educationOf(person, today, random)
  const career = careerOf(person, education, today, random)
  const nativePlace = random.pick(NATIVE_PLACES)
  return {
    ...(emptyValues(cadre) as CadreValues),
    name: person.name,
    sex: person.sex,
    birthMonth: person.birthMonth,
    identityNumber: person.identityNumber,
    ethnicity: '汉族',
    nativePlace,
    birthPlace: nativePlace,
    workStartedOn: career.workStartedOn,
    healthStatus: '健康',
    ...politicsOf(person, career, today, random),
    ...schoolFields(education),
    unitId: unitIdOf(person.place.unit),
    rollGroup: person.place.rollGroup,
    rollState: '现职人员',
    ...standingOf(person, career, today, random),
    ...postFields(person, career, today, random),
    // No exchange in the country has a number that begins with 0: these lines ring nowhere.
    phone: `0631-0990${String(index + 100).padStart(3, '0')}`,
    address: `演示区${person.place.kind === 'village' ? '演示镇' : `滨海路${random.int(1, 180)}号`}`,
    resume: career.resume,
    awardsAndPenalties: random.chance(0.22) ? awardOf(career, today, random) : '无',
    annualAppraisals: isStaff(person) ? appraisalsOf(career.workStartedOn, isCivil(person), today, random) : null,
    family: familyOf(person, today, random),
    reportingUnit: isStaff(person) ? '中共演示镇委员会' : null,
    ...person.special.set,
  }
}

const isStaff = ({ place }: Person): boolean => place.kind !== 'village' && place.kind !== 'auxiliary'
const isCivil = ({ place }: Person): boolean => place.kind === 'leader' || place.kind === 'civil'

type PostFields = 'postTitle' | 'postSince' | 'leadershipLevel' | 'leadershipLevelSince' | 'joinedOn' | 'sortOrder'

function postFields(
  { place, special }: Person,
  career: Career,
  today: LocalDate,
  random: Random,
): Pick<CadreValues, PostFields> {
  // Records of the township are taken to begin three years back; who was there before has no date of joining.
  const recordsBegin = `${yearOf(today) - 3}-01`
  const joined = special.appointed?.startsWith(career.cameIn) ? special.appointed : dayIn(career.cameIn, today, random)
  return {
    postTitle: place.post,
    postSince: career.postSince,
    leadershipLevel: place.level && (place.level === 'full' ? '乡科级正职' : '乡科级副职'),
    leadershipLevelSince: career.leadershipLevelSince,
    joinedOn: career.cameIn >= recordsBegin ? joined : null,
    sortOrder: place.order,
  }
}

const dayIn = (month: Month, today: LocalDate, random: Random): LocalDate =>
  earlier(`${month}-${String(random.int(1, 25)).padStart(2, '0')}`, today)

const PARTY_MEMBERS = {
  leader: 1,
  civil: 0.85,
  institution: 0.55,
  technical: 0.45,
  worker: 0.4,
  village: 0.6,
  auxiliary: 0.15,
}

function politicsOf(
  { place, birthMonth }: Person,
  career: Career,
  today: LocalDate,
  random: Random,
): Pick<CadreValues, 'politicalStatus' | 'partyJoined'> {
  const mustBe = place.unit === 'party' || place.post.includes('书记')
  if (!mustBe && !random.chance(PARTY_MEMBERS[place.kind])) {
    return { politicalStatus: ageAt(birthMonth, today) < 28 ? '共青团员' : '群众', partyJoined: null }
  }
  const student = later(addMonths(birthMonth, 12 * 20), addMonths(career.workStartedOn, -14))
  const joined = random.chance(0.4) ? student : addMonths(career.workStartedOn, random.int(14, 60))
  return { politicalStatus: '中共党员', partyJoined: dotted(earlier(joined, addMonths(today.slice(0, 7), -13))) }
}

function schoolFields({ fullTime, inService }: Education): Partial<CadreValues> {
  const highest = fullTime.at(-1)!
  return {
    fullTimeEducation: highest.education,
    fullTimeDegree: highest.degree,
    fullTimeSchool: highest.school,
    fullTimeDegreeSchool: highest.degree && highest.school,
    inServiceEducation: inService?.education ?? null,
    inServiceSchool: inService?.school ?? null,
  }
}

function awardOf(career: Career, today: LocalDate, random: Random): string {
  const [from, to] = [yearOf(career.workStartedOn) + 1, yearOf(today) - 1]
  return from > to ? '无' : `${random.int(Math.max(from, to - 8), to)}年，${random.pick(AWARDS)}。`
}
