const DEEPEST = 32

/**
 * True when PostgreSQL can hold every text and number in the value exactly, and nothing in it nests too deep.
 *
 * jsonb and text refuse NUL, a half of a surrogate pair would silently become U+FFFD, and a very deep value would
 * exhaust the stack of whatever walks it next. This walks without recursion.
 */
export function isStorable(value: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: item, depth } = next
    if (depth > DEEPEST) return false
    if (typeof item === 'string' && !isCleanText(item)) return false
    if (typeof item === 'number' && !Number.isFinite(item)) return false
    if (typeof item !== 'object' || item === null) continue
    for (const [key, inner] of Object.entries(item)) {
      if (!isCleanText(key) || key === '__proto__') return false
      open.push({ value: inner, depth: depth + 1 })
    }
  }
  return true
}

const isCleanText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
