import { describe, expect, test } from 'vitest'
import {
  hasNeeds,
  newTalk,
  NOTHING_OWN,
  toNewTalk,
  toSet,
  withPeople,
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
  ...NOTHING_OWN,
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

  test('of several is one record each; what one said never reaches another', () => {
    const people = [
      { ...sitter('a', '家中有事'), needs: '补休' },
      { ...sitter('b', '想学习'), stateOfMind: '平稳', needs: '无' },
      sitter('c'),
    ]
    const { set, others } = toNewTalk(aTalk({ people }))
    expect(set).toMatchObject({ privateLine: '家中有事', needs: '补休', stateOfMind: null })
    expect(others).toEqual([
      { cadreId: 'b', ...NOTHING_OWN, privateLine: '想学习', stateOfMind: '平稳', needs: '无' },
      { cadreId: 'c', ...NOTHING_OWN },
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

describe('when people come and go', () => {
  const after = (values: TalkValues, ...people: Sitter[]): TalkValues => ({ ...values, ...withPeople(values, people) })

  test('what was written about the only one becomes theirs among several', () => {
    const both = after(aTalk({ needs: '补休', stateOfMind: '焦虑' }), sitter('a'), sitter('b'))
    expect(both).toMatchObject({ needs: null, stateOfMind: null })
    expect(both.people).toMatchObject([
      { id: 'a', needs: '补休', stateOfMind: '焦虑' },
      { id: 'b', needs: null },
    ])
  })

  test('what was written before anybody was chosen is the first one’s', () => {
    const nobody = { ...newTalk([], '2026-11-20', NOBODY), needs: '补休' }
    expect(after(nobody, sitter('a'))).toMatchObject({ needs: '补休' })
    expect(toNewTalk(after(after(nobody, sitter('a')), sitter('a'), sitter('b')))).toMatchObject({
      set: { cadreId: 'a', needs: '补休' },
      others: [{ cadreId: 'b', needs: null }],
    })
  })

  test('who goes takes along what is theirs', () => {
    const both = after(aTalk({ needs: '一的' }), sitter('a'), { ...sitter('b', '二的一行'), needs: '二的' })
    const [first, second] = both.people as [Sitter, Sitter]
    expect(toNewTalk(after(both, second)).set).toMatchObject({ cadreId: 'b', needs: '二的', privateLine: '二的一行' })
    expect(toNewTalk(after(both, first)).set).toMatchObject({ cadreId: 'a', needs: '一的', privateLine: null })
    expect(JSON.stringify(after(both, second))).not.toContain('一的"')
    expect(after(both)).toMatchObject({ people: [], needs: null })
  })
})

test.each([
  [null, false],
  ['', false],
  [' 无 ', false],
  ['希望解决值班补休', true],
])('%j is a need: %s', (needs, expected) => expect(hasNeeds(needs)).toBe(expected))
