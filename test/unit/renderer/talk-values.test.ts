import { describe, expect, test } from 'vitest'
import {
  hasNeeds,
  newTalk,
  toNewTalk,
  toSet,
  type Sitter,
  type TalkValues,
} from '../../../renderer/pages/talk/talk-values.ts'

const sitter = (id: string, privateLine: string | null = null): Sitter => ({
  id,
  name: id,
  unitName: null,
  postTitle: null,
  talkedThisYear: false,
  lastTalkOn: null,
  rollGroup: 'in-post',
  onRoll: true,
  privateLine,
})
const NOBODY = { talker: null, talkerName: null }
const aTalk = (over: Partial<TalkValues> = {}): TalkValues => ({
  ...newTalk([sitter('a')], '2026-11-20', { talker: { name: '李书记' }, talkerName: '李书记' }),
  ...over,
})

describe('what a new talk starts from', () => {
  test('is today, nobody in particular, and not a word of text', () => {
    const { heldOn, talker, summary, stateOfMind, needs, measures } = newTalk([], '2026-11-20', NOBODY)
    expect({ heldOn, talker, summary, stateOfMind, needs, measures }).toEqual({
      heldOn: '2026-11-20',
      talker: null,
      summary: null,
      stateOfMind: null,
      needs: null,
      measures: null,
    })
  })
  test('is the day and the talker of the last one when several are entered from notes', () => {
    const carried = { talker: { name: '李书记' }, talkerName: '李书记', heldOn: '2026-10-09' }
    expect(newTalk([], '2026-11-20', carried)).toMatchObject({ heldOn: '2026-10-09', talkerName: '李书记' })
  })
})

describe('what is saved', () => {
  test('of one person is one record, with all its facts and nothing of the form only', () => {
    const { set, others } = toNewTalk(aTalk({ summary: '听取意见' }))
    expect(others).toBeUndefined()
    expect(set).toMatchObject({ cadreId: 'a', heldOn: '2026-11-20', talker: { name: '李书记' }, summary: '听取意见' })
    expect(Object.keys(set).filter((name) => /people|talkerName|onPaper|paperNumber/.test(name))).toEqual([])
  })

  test('of several is one record each; the private line of one never reaches another', () => {
    const people = [sitter('a', '家中有事'), sitter('b', '想学习'), sitter('c')]
    const { set, others } = toNewTalk(aTalk({ people }))
    expect(set.privateLine).toBe('家中有事')
    expect(others).toEqual([
      { cadreId: 'b', privateLine: '想学习' },
      { cadreId: 'c', privateLine: null },
    ])
  })

  test('when the content is on paper is where it is, and no text', () => {
    const { set } = toNewTalk(
      aTalk({ onPaper: true, paperNumber: '2026-谈-018', paperCustodian: '王某', summary: '先写的' }),
    )
    expect(set).toMatchObject({ summary: null, paperRecord: { number: '2026-谈-018', custodian: '王某' } })
  })

  test('of a change is only what changed', () => {
    expect(toSet({ place: '谈心室' }, aTalk({ place: '谈心室' }))).toEqual({ place: '谈心室' })
    expect(toSet({}, aTalk())).toEqual({})
  })

  test('of going back from paper to text takes the paper away', () => {
    const values = aTalk({ onPaper: false, summary: '补记' })
    expect(toSet({ onPaper: false, summary: '补记' }, values)).toEqual({ summary: '补记', paperRecord: null })
  })
})

test.each([
  [null, false],
  ['', false],
  [' 无 ', false],
  ['希望解决值班补休', true],
])('%j is a need: %s', (needs, expected) => expect(hasNeeds(needs)).toBe(expected))
