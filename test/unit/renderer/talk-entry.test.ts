import { describe, expect, test } from 'vitest'
import { ENTRY_ROWS, type EntryReading } from '../../../shared/contract/talk-entry.ts'
import { COLUMNS, shownColumns, type ColumnId } from '../../../renderer/pages/talk/entry/columns.ts'
import { stepOf } from '../../../renderer/pages/talk/entry/keys.ts'
import { hasGaps, pasteInto, withoutGaps } from '../../../renderer/pages/talk/entry/paste.ts'
import {
  emptyRow, isEmpty, isReady, toRead, toTalk, withCadre, withCell, withTalker, type EntryRow,
} from '../../../renderer/pages/talk/entry/rows.ts' // prettier-ignore
import { newTable, stepped, type Step, type Table } from '../../../renderer/pages/talk/entry/table.ts'

const LABELS = Object.fromEntries(COLUMNS.map((id) => [id, id])) as Record<ColumnId, string>
const paste = (copied: string[][], rows: readonly EntryRow[] = [emptyRow()], row = 0, column: ColumnId = 'cadre') =>
  pasteInto(rows, { row, column }, copied, LABELS)
const cellsOf = (rows: readonly EntryRow[], ...ids: ColumnId[]) =>
  rows.filter((row) => !isEmpty(row)).map(({ cells }) => ids.map((id) => cells[id]))
const aRow = (cells: Partial<Record<ColumnId, string>>): EntryRow =>
  Object.entries(cells).reduce((row, [id, text]) => withCell(row, id as ColumnId, text), emptyRow())

describe('pasting', () => {
  test('without headings fills to the right of the cell and leaves an empty row at the end', () => {
    const { rows, count } = paste([
      ['张晓明', '2026-3-18', '李书记', '谈心', '内容', '', '无'],
      ['王强', '3.19'],
    ])
    expect(count).toBe(2)
    expect(cellsOf(rows, 'cadre', 'heldOn', 'talker', 'summary', 'needs')).toEqual([
      ['张晓明', '2026-3-18', '李书记', '内容', '无'],
      ['王强', '3.19', '', '', ''],
    ])
    expect(isEmpty(rows.at(-1)!)).toBe(true)
  })

  test('with headings goes by them, wherever the cursor is, and names what it did not use', () => {
    const copied = [
      ['测试镇谈心谈话登记表', '', '', '', '', ''],
      ['序号', '姓 名', '单位及职务', '谈话时间', '主谈人', '诉求/意见（可不填）'],
      ['1', '王强', '城建办主任', '2026.3.18', '李书记', '补休'],
    ]
    const { rows, unused } = paste(copied, [emptyRow()], 0, 'needs')
    expect(cellsOf(rows, 'cadre', 'heldOn', 'talker', 'needs')).toEqual([['王强', '2026.3.18', '李书记', '补休']])
    expect(rows[0]!.unit).toBe('城建办主任')
    expect(unused).toEqual([])
    expect(
      paste([
        ['姓名', '谈话日期', '籍贯'],
        ['王强', '3.18', '威海'],
      ]).unused,
    ).toEqual(['籍贯'])
  })

  test('takes the headings of the page in its own language too', () => {
    const english = { ...LABELS, cadre: 'Name', heldOn: 'Date of the talk', summary: 'Main content' }
    const copied = [
      ['Name', 'Date of the talk', 'Main content'],
      ['王强', '2026-03-18', 'x'],
    ]
    const { rows } = pasteInto([emptyRow()], { row: 0, column: 'cadre' }, copied, english)
    expect(cellsOf(rows, 'cadre', 'heldOn', 'summary')).toEqual([['王强', '2026-03-18', 'x']])
  })

  test('leaves out a running number before the names, and keeps numbers anywhere else', () => {
    expect(
      cellsOf(
        paste([
          ['1', '张晓明', '3.18'],
          ['2', '王强', '3.19'],
        ]).rows,
        'cadre',
        'heldOn',
      ),
    ).toEqual([
      ['张晓明', '3.18'],
      ['王强', '3.19'],
    ])
    expect(cellsOf(paste([['12']], [emptyRow()], 0, 'summary').rows, 'summary')).toEqual([['12']])
  })

  test('shows a seldom column once something stands in it', () => {
    expect(shownColumns([emptyRow()])).not.toContain('place')
    const { rows } = paste([
      ['姓名', '地点', '思想状况'],
      ['王强', '谈心室', '平稳'],
    ])
    expect(shownColumns(rows)).toEqual(expect.arrayContaining(['place', 'stateOfMind']))
  })

  test('overwrites from the row on and says what had no room', () => {
    const before = [aRow({ cadre: '甲' }), aRow({ cadre: '乙', summary: '留着' }), emptyRow()]
    const { rows } = paste([['丙'], ['丁']], before, 1)
    expect(cellsOf(rows, 'cadre', 'summary')).toEqual([
      ['甲', ''],
      ['丙', '留着'],
      ['丁', ''],
    ])
    const many = paste(Array.from({ length: ENTRY_ROWS + 3 }, (_, n) => [`人${n}`]))
    expect([many.rows.length, many.count, many.beyond]).toEqual([ENTRY_ROWS, ENTRY_ROWS, 3])
  })

  test('of merged cells leaves gaps that are filled from above on request', () => {
    const { rows } = paste([
      ['张晓明', '3.18', '李书记', '提醒'],
      ['王强', '', '', ''],
      ['赵敏', '3.20', '', ''],
    ])
    expect(hasGaps(rows)).toBe(true)
    const full = withoutGaps(rows)
    expect(cellsOf(full, 'heldOn', 'talker', 'talkType')).toEqual([
      ['3.18', '李书记', '提醒'],
      ['3.18', '李书记', '提醒'],
      ['3.20', '李书记', '提醒'],
    ])
    expect(hasGaps(full)).toBe(false)
  })
})

describe('a row', () => {
  const READ: EntryReading = {
    cadre: { id: 'c1', name: '王强', unitName: null, postTitle: null },
    cadres: [],
    heldOn: '2026-03-18',
    talker: { name: '李书记' },
    talkerName: '李书记',
    talkType: 'heart-to-heart',
    problems: [],
    notes: [{ code: 'exists', params: {} }],
    findings: [],
  }
  test('asks the core who, when and by whom, and never what was said', () => {
    const asked = JSON.stringify(toRead(aRow({ cadre: '王强', summary: '独此一份', needs: '独此一份' })))
    expect(asked).not.toContain('独此一份')
    expect(toRead(aRow({ cadre: '长'.repeat(9_000) })).cadre.length).toBe(200)
  })
  test('becomes a talk of what was written and nothing else; a note does not keep it back', () => {
    const row = aRow({ cadre: '王强', summary: ' 谈了通勤 ', paper: '2026-谈-018' })
    expect(toTalk(row, READ)).toEqual({
      set: {
        cadreId: 'c1',
        heldOn: '2026-03-18',
        talker: { name: '李书记' },
        talkType: 'heart-to-heart',
        place: null,
        summary: '谈了通勤',
        paperRecord: { number: '2026-谈-018', custodian: null },
        stateOfMind: null,
        needs: null,
        measures: null,
      },
    })
  })
  test('is not ready while it is unread, has a problem or a text is too long', () => {
    const row = aRow({ cadre: '王强' })
    expect(isReady(row, undefined)).toBe(false)
    expect(toTalk(row, { ...READ, problems: ['date-missing'] })).toBeNull()
    expect(toTalk(withCell(row, 'paper', '1'.repeat(61)), READ)).toBeNull()
    expect(toTalk(withCell(row, 'needs', '长'.repeat(2_001)), READ)).toBeNull()
  })
  test('forgets whom one chose as soon as the name is typed anew', () => {
    const chosen = withTalker(withCadre(emptyRow(), { id: 'c1', name: '王强' }), { cadreId: 'c2' }, '李书记')
    expect(toRead(chosen)).toMatchObject({ cadre: '王强', cadreId: 'c1', talkerChosen: { cadreId: 'c2' } })
    expect(toRead(withCell(chosen, 'cadre', '王')).cadreId).toBeNull()
    expect(toRead(withCell(chosen, 'talker', '李')).talkerChosen).toBeNull()
    expect(toRead(withCell(chosen, 'summary', 'x'))).toMatchObject({ cadreId: 'c1', talkerChosen: { cadreId: 'c2' } })
  })
})

describe('the keys', () => {
  const after = (table: Table, ...keys: (string | Step)[]): Table =>
    keys.reduce((now: Table, key) => {
      if (typeof key !== 'string') return stepped(now, key)
      const parts = key.split('+')
      const pressed = {
        key: parts.at(-1)!,
        ctrlKey: parts.includes('Ctrl'),
        shiftKey: parts.includes('Shift'),
        metaKey: false,
        altKey: false,
      }
      const step = stepOf(pressed, now, shownColumns(now.rows))
      return step === null ? now : stepped(now, step)
    }, table)
  const type = (text: string): Step => ({ kind: 'type', text })
  const place = ({ at }: Table) => [at.row, at.column]

  test('move as in a spreadsheet: arrows, Tab through the row, Enter back under where the row began', () => {
    const filled = after(newTable(), type('王强'), 'Tab', type('3.18'), 'Tab', type('李书记'))
    expect(place(filled)).toEqual([0, 'talker'])
    expect(place(after(filled, 'Enter'))).toEqual([1, 'cadre'])
    expect(place(after(filled, 'Enter', 'ArrowUp', 'ArrowRight'))).toEqual([0, 'heldOn'])
    expect(place(after(filled, 'Shift+Tab'))).toEqual([0, 'heldOn'])
    expect(place(after(newTable(), 'ArrowUp', 'ArrowLeft'))).toEqual([0, 'cadre'])
    expect(place(after(filled, 'Enter', 'End'))).toEqual([1, 'needs'])
    expect(place(after(filled, 'Enter', 'Ctrl+Home'))).toEqual([0, 'cadre'])
  })

  test('are the same with Caps Lock on', () => {
    const two = after(newTable(), 'Tab', type('3.18'), 'Enter', 'Tab')
    const same = after(two, 'Ctrl+D')
    expect(cellsOf(same.rows, 'heldOn')).toEqual([['3.18'], ['3.18']])
    expect(after(two, 'Ctrl+Shift+D').rows).toEqual(two.rows)
    expect(after(same, 'Ctrl+Z').rows).toEqual(two.rows)
    expect(after(same, 'Ctrl+Shift+Z').rows).toEqual(same.rows)
  })

  test('leave the table with Tab only at its two ends', () => {
    const pressed = { key: 'Tab', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
    const columns = shownColumns([])
    expect(stepOf({ ...pressed, shiftKey: true }, newTable(), columns)).toBeNull()
    expect(stepOf(pressed, newTable(), columns)).not.toBeNull()
    expect(stepOf(pressed, after(newTable(), 'End'), columns)).toBeNull()
  })

  test('are the caret’s while a long text is written, and move on from a word just typed', () => {
    const word = after(newTable(), type('王强'), 'ArrowDown')
    expect(place(word)).toEqual([1, 'cadre'])
    const text = after(word, { kind: 'go', to: { row: 0, column: 'summary' } }, type('一行'))
    expect(place(after(text, 'ArrowDown', 'ArrowLeft'))).toEqual([0, 'summary'])
    expect(after(text, 'Home').editing).toBe('typed')
  })

  test('clear, take the cell above, remove a row, and go back step by step', () => {
    const filled = after(newTable(), type('王强'), 'Tab', type('3.18'), 'Enter', type('赵敏'), 'Tab', 'Ctrl+d')
    expect(cellsOf(filled.rows, 'cadre', 'heldOn')).toEqual([
      ['王强', '3.18'],
      ['赵敏', '3.18'],
    ])
    expect(cellsOf(after(filled, 'Delete').rows, 'heldOn')).toEqual([['3.18'], ['']])
    const removed = after(filled, 'Ctrl+Delete')
    expect(cellsOf(removed.rows, 'cadre')).toEqual([['王强']])
    expect(cellsOf(after(removed, 'Ctrl+z', 'Ctrl+z').rows, 'cadre', 'heldOn')).toEqual([
      ['王强', '3.18'],
      ['赵敏', ''],
    ])
  })

  test('never take over from the row above who it was or what was said', () => {
    const above = aRow({ cadre: '王强', heldOn: '3.18', summary: '独此一份', needs: '补休', place: '谈心室' })
    for (const column of COLUMNS) {
      const table = after(newTable(), { kind: 'put', rows: [above] }, { kind: 'go', to: { row: 1, column } }, 'Ctrl+d')
      const taken = ['heldOn', 'place'].includes(column) ? [above.cells[column]] : []
      expect(cellsOf(table.rows.slice(1), column).flat()).toEqual(taken)
    }
    expect(cellsOf(withoutGaps([above, aRow({ cadre: '赵敏' })]), 'summary', 'needs').at(-1)).toEqual(['', ''])
  })

  test('Esc takes back what was typed into the cell, all of it', () => {
    const typed = after(newTable(), type('王'), 'Enter', 'ArrowUp', type('王强'), type('王强强'))
    expect(cellsOf(after(typed, 'Escape').rows, 'cadre')).toEqual([['王']])
    expect(after(typed, 'Escape').editing).toBe('no')
  })

  test('what was saved leaves the table, and cannot come back by Ctrl Z', () => {
    const filled = after(newTable(), type('王强'), 'Enter', type('赵敏'), 'Enter')
    const saved = new Set([filled.rows[0]!])
    const left = stepped(filled, { kind: 'saved', rows: saved })
    expect(cellsOf(left.rows, 'cadre')).toEqual([['赵敏']])
    expect(after(left, 'Ctrl+z')).toBe(left)
    const back = stepped(left, { kind: 'back', rows: [...saved] })
    expect(cellsOf(back.rows, 'cadre')).toEqual([['王强'], ['赵敏']])
  })

  test('a row that was changed while it was being saved stays', () => {
    const filled = after(newTable(), type('王强'), 'Enter')
    const saving = new Set([filled.rows[0]!])
    const changed = after(filled, 'ArrowUp', type('王强强'))
    expect(cellsOf(stepped(changed, { kind: 'saved', rows: saving }).rows, 'cadre')).toEqual([['王强强']])
  })
})
