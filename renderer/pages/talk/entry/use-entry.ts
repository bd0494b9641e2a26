import { useCallback, useEffect, useMemo, useReducer, useState, type Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../../../../shared/errors.ts'
import { useClient, useCommand } from '../../../api/use-call.ts'
import { showNotice } from '../../../kit/notice.tsx'
import { useUndoToast } from '../../../kit/undo-toast.tsx'
import { keepDraftsNow, useDraft, type Draft } from '../../../kit/use-draft.ts'
import { isEmpty, isReady, signatureOf, toTalk, type EntryRow } from './rows.ts'
import { newTable, stepped, type Step, type Table } from './table.ts'
import { readRows, useReadings, type Readings } from './use-readings.ts'

export interface Entry {
  readonly table: Table
  readonly dispatch: Dispatch<Step>
  readonly readings: Readings
  readonly draft: Draft
  /** How many rows can be saved, and how many have been read and cannot. */
  readonly ready: number
  readonly attention: number
  readonly filled: number
  readonly save: () => Promise<void>
  readonly saving: boolean
  readonly fault: unknown
  /** Number of the row that the core did not take, as it is on screen. */
  readonly faultRow: number | null
}

const DRAFT = 'talk:entry'

/** The entry table with its draft, what the core makes of its rows, and the one command that saves those that are ready. */
export function useEntry(): Entry {
  const [table, dispatch] = useReducer(stepped, undefined, newTable)
  const { rows } = table
  const filled = useMemo(() => rows.filter((row) => !isEmpty(row)), [rows])
  // Before the draft's own effects, which forget on leaving the page what was typed in the last moment.
  useEffect(() => () => void keepDraftsNow(), [])
  const apply = useCallback((patch: object) => dispatch({ kind: 'restore', rows: rowsIn(patch) }), [])
  // A step like any other: a draft thrown away by mistake comes back with Ctrl Z.
  const forget = useCallback(() => dispatch({ kind: 'put', rows: [] }), [])
  const draft = useDraft(DRAFT, { rows: filled }, filled.length > 0, apply, forget)
  const { readings, fault } = useReadings(rows)
  const read = filled.flatMap((row) => {
    const reading = readings.get(signatureOf(row))
    return reading === undefined ? [] : [isReady(row, reading)]
  })
  const ready = read.filter(Boolean).length
  const saving = useSave(rows, filled, dispatch)
  return {
    table,
    dispatch,
    readings,
    draft,
    ready,
    attention: read.length - ready,
    filled: filled.length,
    ...saving,
    fault: saving.fault ?? fault,
  }
}

const rowsIn = (draft: object): readonly EntryRow[] => (draft as { readonly rows?: readonly EntryRow[] }).rows ?? []

function useSave(rows: readonly EntryRow[], filled: readonly EntryRow[], dispatch: Dispatch<Step>) {
  const { t } = useTranslation('talk')
  const call = useClient()
  const command = useCommand('talk.saveMany')
  const offerUndo = useUndoToast()
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [faultRow, setFaultRow] = useState<number | null>(null)
  const failed = (thrown: unknown, ready: readonly { row: EntryRow }[]) => {
    const wrong = thrown instanceof Fault ? ready[Number(thrown.params['row'])]?.row : undefined
    const at = wrong === undefined ? -1 : rows.indexOf(wrong)
    setFault(thrown)
    setFaultRow(at < 0 ? null : at + 1)
    if (at >= 0) dispatch({ kind: 'go', to: { row: at, column: 'cadre' } })
  }
  const save = async () => {
    if (saving || filled.length === 0) return
    setSaving(true)
    setFault(null)
    setFaultRow(null)
    let ready: readonly { row: EntryRow; talk: NonNullable<ReturnType<typeof toTalk>> }[] = []
    try {
      // What is on screen may be a moment old; what is saved is what stands in the cells now.
      ready = readyOf(filled, await readRows(call, filled))
      if (ready.length === 0) return showNotice(t('entry.noneReady'))
      const { txn } = await command.run({ rows: ready.map(({ talk }) => talk) })
      const done = ready.map(({ row }) => row)
      dispatch({ kind: 'saved', rows: new Set(done) })
      offerUndo(t('entry.saved', { count: done.length }), { txn }, () => dispatch({ kind: 'back', rows: done }))
      // The draft must not bring them back after a kill; at the next moment it is that of the rows left.
      setTimeout(() => void keepDraftsNow(), 0)
    } catch (thrown) {
      failed(thrown, ready)
    } finally {
      setSaving(false)
    }
  }
  return { save, saving, fault, faultRow }
}

const readyOf = (rows: readonly EntryRow[], readings: Readings) =>
  rows.flatMap((row) => {
    const reading = readings.get(signatureOf(row))
    const talk = reading === undefined ? null : toTalk(row, reading)
    return talk === null ? [] : [{ row, talk }]
  })
