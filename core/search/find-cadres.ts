import { haystackOf, placesOf, type Haystack } from './haystack.ts'

/** What people can be found by, each in list order. */
export interface SearchTexts {
  readonly names: Haystack
  /** ` zhangxiaoming xiaoming ming zxm xm m`: a space before every findable tail, see `nameKeys`. */
  readonly keys: Haystack
  /** `^371…14$`, or nothing. */
  readonly numbers: Haystack
}

export function searchTextsOf(
  people: readonly { readonly id: string; readonly name: string; readonly identityNumber: string | null }[],
  keys: ReadonlyMap<string, string>,
): SearchTexts {
  return {
    names: haystackOf(people.map(({ name }) => name)),
    keys: haystackOf(people.map(({ id }) => ` ${keys.get(id) ?? ''}`)),
    numbers: haystackOf(people.map(({ identityNumber }) => (identityNumber === null ? '' : `^${identityNumber}$`))),
  }
}

/** Places of those who answer to what was typed: Chinese, full pinyin, initials, first or last identity digits. */
export function placesTyped(texts: SearchTexts, typed: string): number[] {
  if (/\p{Script=Han}/u.test(typed)) return placesOf(texts.names, typed)
  if (typed.length < 3 || !/^\d+x?$/.test(typed)) return placesOf(texts.keys, ` ${typed}`)
  const number = typed.toUpperCase()
  const first = placesOf(texts.numbers, `^${number}`)
  const last = placesOf(texts.numbers, `${number}$`)
  return [...new Set([...first, ...last])].sort((a, b) => a - b)
}

/** What was typed, ready to be looked for: half width, no spaces, small letters, ü as v. */
export const searchKey = (typed: string): string =>
  typed.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase().replaceAll('ü', 'v')
