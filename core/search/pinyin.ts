import { pinyin } from 'pinyin-pro'

/** Syllables of a name as said: polyphonic surnames right (单 shan, 曾 zeng, 尉迟 yuchi), ü as v. */
function syllables(name: string): string[] {
  const options = { toneType: 'none', type: 'array', surname: 'head', v: true } as const
  return pinyin(name.replaceAll(/[·\s]/g, ''), options).map((syllable) => syllable.toLowerCase())
}

/**
 * What a name can be found and ordered by.
 *
 * `pinyin` is the sort key, syllables apart so that 单 sorts before 尚. `search` holds every tail of the full pinyin and
 * of the initials (`zhangxiaoming xiaoming ming zxm xm m`), so that one prefix test finds surname and given name alike.
 */
export function nameKeys(name: string): { pinyin: string; search: string } {
  const parts = syllables(name)
  const tails = parts.map((_, from) => parts.slice(from).join(''))
  const initials = parts.map((_, from) =>
    parts
      .slice(from)
      .map((part) => [...part][0])
      .join(''),
  )
  return { pinyin: parts.join(' '), search: [...new Set([...tails, ...initials])].join(' ') }
}
