/** Base64 characters that cross to the core at once; far below what a host takes in one request. */
const AT_ONCE = 16_000_000
/** Base64 makes four characters of three bytes. */
const weightOf = (file: File): number => Math.ceil(file.size / 3) * 4

const baseOf = ({ name }: File): string => name.replace(/\.[^.]*$/, '').toLowerCase()

/** The files in portions that cross one after the other; a form and the photo beside it stay together. */
export function partsOf(files: readonly File[]): File[][] {
  const parts: File[][] = []
  let weight = Infinity
  for (const group of byBase(files)) {
    const own = group.reduce((sum, file) => sum + weightOf(file), 0)
    if (weight + own > AT_ONCE) {
      parts.push([])
      weight = 0
    }
    parts.at(-1)!.push(...group)
    weight += own
  }
  return parts
}

/** By hand: the oldest browser this page runs in has no `Map.groupBy`. */
function byBase(files: readonly File[]): Iterable<File[]> {
  const groups = new Map<string, File[]>()
  for (const file of files) {
    const group = groups.get(baseOf(file))
    if (group) group.push(file)
    else groups.set(baseOf(file), [file])
  }
  return groups.values()
}
