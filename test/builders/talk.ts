import type { Talk, TalkAssignment } from '../../shared/domain/talk.ts'
import { anId } from './id.ts'
import { someMeta } from './record.ts'

/** A countable heart-to-heart talk of 2026 without content, held by somebody known by name. */
export const aTalk = (over: Partial<Talk> = {}): Talk => ({
  ...someMeta(),
  actId: anId(),
  cadreId: anId(),
  talkType: 'heart-to-heart',
  format: 'individual',
  direction: 'arranged',
  heldOn: '2026-03-18',
  talker: { name: '试验组织委员' },
  principal: null,
  recorder: { name: '试验干事' },
  recordedAt: '2026-03-19T09:30:00+08:00',
  place: null,
  reason: 'yearly',
  summary: null,
  paperRecord: null,
  stateOfMind: null,
  needs: null,
  measures: null,
  privateLine: null,
  followUpOwner: null,
  followUpDue: null,
  followUpReply: null,
  followUpClosedOn: null,
  ...over,
})

/** An assignment in force since 2026 began. */
export const aTalkAssignment = (over: Partial<TalkAssignment> = {}): TalkAssignment => ({
  ...someMeta(),
  cadreId: anId(),
  talker: { name: '试验组织委员' },
  since: '2026-01-01',
  until: null,
  ...over,
})
