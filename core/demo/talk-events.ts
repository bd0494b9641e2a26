import type { Talk, TalkType } from '../../shared/domain/talk.ts'

/** What happens to whom, so that every kind of talk is there to be seen. Keys are those of the places. */

/** Three at a time, one private line each: counts for each of them. */
export const SITTINGS: readonly { key: string; keys: readonly string[] }[] = [
  { key: 'farming', keys: ['farming-4', 'farming-5', 'farming-6'] },
  { key: 'grid', keys: ['grid-deputy-1', 'grid-3', 'grid-4'] },
]

/** 集体谈话, this year's first: does not count to the yearly rate. */
export const COLLECTIVES: readonly { key: string; keys: readonly string[]; talker: string }[] = [
  {
    key: 'window',
    keys: ['service-head', 'service-2', 'service-3', 'service-5', 'auxiliary-1', 'auxiliary-3'],
    talker: 'commissioner',
  },
  { key: 'young', keys: ['general-2', 'party-1', 'economy-1', 'affairs-1', 'emergency-1'], talker: 'commissioner' },
  { key: 'villages', keys: [1, 2, 3, 4, 5, 6].map((n) => `village-${n}-1`), talker: 'deputy-secretary' },
]

interface KeyTalk {
  readonly key: string
  readonly yearsAgo: 0 | 1 | 2
  readonly reason: NonNullable<Talk['reason']>
  /** Another kind of talk that came first. */
  readonly first?: { readonly talkType: TalkType; readonly talker: string }
}

export const KEY_TALKS: readonly KeyTalk[] = [
  { key: 'affairs-2', yearsAgo: 2, reason: 'hardship' },
  { key: 'service-3', yearsAgo: 1, reason: 'hardship' },
  { key: 'farming-3', yearsAgo: 0, reason: 'hardship' },
  { key: 'service-4', yearsAgo: 0, reason: 'hardship' },
  { key: 'economy-1', yearsAgo: 1, reason: 'warning-signs', first: { talkType: 'reminder', talker: 'discipline' } },
  { key: 'emergency-3', yearsAgo: 0, reason: 'warning-signs', first: { talkType: 'reminder', talker: 'discipline' } },
  { key: 'safety-3', yearsAgo: 1, reason: 'held-accountable', first: { talkType: 'admonition', talker: 'discipline' } },
  { key: 'affairs-head', yearsAgo: 0, reason: 'falsely-accused' },
]

/** 受托代谈. */
export const ENTRUSTED: readonly string[] = ['congress', 'executive']
/** 考察谈话 of last year. */
export const ASSESSED: readonly string[] = ['general-deputy-1', 'economy-deputy-1', 'party-head']
/** The one person two years ago nobody talked to. */
export const SKIPPED = { yearsAgo: 2, key: 'grid-5' } as const
