import type { FamilyMember } from '../../shared/domain/cadre.ts'
import { ageAt, yearOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import { addMonths } from './calendar.ts'
import type { Person, Sex } from './person.ts'
import type { Random } from './random.ts'
import { PARENT_POSTS, SPOUSE_POSTS } from './words/background.ts'
import { CHILDREN, GIVEN, SURNAMES } from './words/names.ts'

/** 家庭主要成员 in the order of the form: spouse, children, parents. */
export function familyOf(person: Person, today: LocalDate, random: Random): FamilyMember[] {
  const age = ageAt(person.birthMonth, today)
  const own = surnameOf(person.name)
  const spouse = age >= 29 && random.chance(0.9) ? spouseOf(person, own, random) : null
  const fathersName = person.sex === 'male' ? own : surnameOf(spouse?.name ?? person.name)
  const children = spouse && age >= 31 ? childrenOf(person, fathersName, today, random) : []
  return [...(spouse ? [spouse] : []), ...children, ...parentsOf(person, own, today, random)]
}

const surnameOf = (name: string): string => name.slice(0, 1)
const nameOf = (surname: string, sex: Sex, birth: Month, random: Random): string =>
  surname + random.pick<string>(GIVEN[sex][yearOf(birth) < 1980 ? 'before' : 'after'])

function spouseOf({ sex, birthMonth, place }: Person, own: string, random: Random): FamilyMember {
  const other = sex === 'male' ? 'female' : 'male'
  const birth = addMonths(birthMonth, random.int(-30, 30))
  const surname = random.pick(SURNAMES.filter((name) => name !== own))
  return {
    relation: sex === 'male' ? '妻子' : '丈夫',
    name: nameOf(surname, other, birth, random),
    birthMonth: birth,
    politicalStatus: random.chance(0.3) ? '中共党员' : '群众',
    post: place.kind === 'village' && random.chance(0.6) ? '务农' : random.pick(SPOUSE_POSTS),
  }
}

/** One child, two since about 2014; nobody is born after today. */
function childrenOf(person: Person, surname: string, today: LocalDate, random: Random): FamilyMember[] {
  const first = addMonths(person.birthMonth, 12 * random.int(26, 29) + random.int(0, 11))
  const second = addMonths(first, random.int(36, 84))
  const births = [first, ...(yearOf(second) >= 2014 && random.chance(0.4) ? [second] : [])]
  const children = births
    .filter((birth) => birth < today.slice(0, 7))
    .map((birth) => childOf(surname, birth, today, random))
  const sameSex = children.length === 2 && children[0]!.relation === children[1]!.relation
  if (!sameSex) return children
  const [elder, younger] = children[0]!.relation === '儿子' ? ['长子', '次子'] : ['长女', '次女']
  return children.map((child, index) => ({ ...child, relation: index === 0 ? elder! : younger! }))
}

function childOf(surname: string, birth: Month, today: LocalDate, random: Random): FamilyMember {
  const sex: Sex = random.chance(0.5) ? 'male' : 'female'
  const age = ageAt(birth, today)
  const [politicalStatus, post] = occupationAt(age, random)
  return {
    relation: sex === 'male' ? '儿子' : '女儿',
    name: surname + random.pick<string>(CHILDREN[sex]),
    birthMonth: birth,
    politicalStatus,
    post,
  }
}

function occupationAt(age: number, random: Random): [string, string] {
  if (age < 3) return ['群众', '学龄前儿童']
  if (age < 6) return ['群众', '演示区实验幼儿园']
  if (age < 12) return ['群众', '演示区第二实验小学学生']
  if (age < 15) return ['群众', '演示区第三中学学生']
  if (age < 18) return ['共青团员', '演示区第一中学学生']
  if (age < 22) return ['共青团员', '大学生']
  return [random.chance(0.3) ? '中共党员' : '共青团员', random.pick(SPOUSE_POSTS)]
}

function parentsOf(person: Person, own: string, today: LocalDate, random: Random): FamilyMember[] {
  const father = addMonths(person.birthMonth, -12 * random.int(24, 29) - random.int(0, 11))
  const mother = addMonths(father, random.int(0, 30))
  const surname = random.pick(SURNAMES.filter((name) => name !== own))
  const parent = (relation: string, name: string, birth: Month): FamilyMember => ({
    relation,
    name,
    birthMonth: birth,
    politicalStatus: random.chance(0.25) ? '中共党员' : '群众',
    post: ageAt(birth, today) > 74 && random.chance(0.45) ? '已去世' : random.pick(PARENT_POSTS),
  })
  return [
    parent('父亲', nameOf(own, 'male', father, random), father),
    parent('母亲', nameOf(surname, 'female', mother, random), mother),
  ]
}
