/** Many short texts as one: whoever contains something is found in one scan of memory instead of a call for each. */
export interface Haystack {
  /** The texts, a line each. */
  readonly text: string
  /** Where each line ends. */
  readonly ends: Uint32Array
}

export function haystackOf(texts: readonly string[]): Haystack {
  const ends = new Uint32Array(texts.length)
  let end = -1
  for (const [place, text] of texts.entries()) {
    end += text.length + 1
    ends[place] = end
  }
  return { text: texts.join('\n'), ends }
}

/** Places of the texts that contain the needle, ascending. The needle is not empty and has no line break. */
export function placesOf({ text, ends }: Haystack, needle: string): number[] {
  const places: number[] = []
  let place = 0
  let hit = text.indexOf(needle)
  while (hit >= 0) {
    while (ends[place]! < hit) place += 1
    places.push(place)
    hit = text.indexOf(needle, ends[place])
  }
  return places
}
