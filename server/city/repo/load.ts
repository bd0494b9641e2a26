import { sql } from 'kysely'
import type { OpLine, PushHeader } from '../../../shared/sync/protocol.ts'
import { storedLine } from '../batch.ts'
import { isKnownNow } from '../judge.ts'
import { PARKED, type RecordState } from '../judgement.ts'
import type { OpRow, RecordRow, Tx } from '../schema.ts'
import { addOp, addRecord, ledgerKey, opKey, recordKey, type OpState, type Workspace } from '../workspace.ts'

/** What every push needs, however small: the officers, the founding transactions, and parked ops that are known now. */
export async function loadScope(tx: Tx, work: Workspace): Promise<void> {
  const { scope } = work
  const officers = await tx.selectFrom('record').selectAll().where('scope', '=', scope).where('ent', '=', 'officer').execute()
  for (const row of officers) addRecord(work, toRecord(row))
  const sent = tx.selectFrom('op').select('record_id').distinct().where('scope', '=', scope).where('ent', '=', 'officer')
  for (const { record_id: id } of await sent.execute()) if (id !== null) work.sentOfficers.add(id)
  const ledgers = await tx.selectFrom('ledger').selectAll().where('scope', '=', scope).where('founding', '=', true).execute()
  for (const row of ledgers) if (row.founding_txn !== null) work.foundingTxns.set(ledgerKey(row), row.founding_txn)
  const parked = tx.selectFrom('op').select('waits_for').distinct().where('scope', '=', scope).where('verdict', '=', 'held')
  for (const { waits_for: key } of await parked.where(sql<boolean>`starts_with(waits_for, ${PARKED})`).execute()) {
    if (key !== null && isKnownNow(key, work.registerNamed)) work.touched.add(key)
  }
}

/** Ops of one ledger between two numbers, as stored. */
export async function loadRange(tx: Tx, work: Workspace, ledger: Ledger, from: number, to: number): Promise<void> {
  if (to < from) return
  const rows = ofLedger(tx, work, ledger).where('seq', '>=', from).where('seq', '<=', to)
  for (const row of await rows.execute()) addOp(work, toState(row))
}

/** Ops outside the batch whose verdict changed in a receipt after the last one the desk has. */
export async function loadChangedSince(tx: Tx, work: Workspace, ledger: Ledger, header: PushHeader): Promise<OpState[]> {
  const rows = await ofLedger(tx, work, ledger)
    .where('verdict_in', '>', header.lastReceipt)
    .where((eb) => eb.or([eb('seq', '<', header.from), eb('seq', '>', header.to)]))
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    addOp(work, toState(row))
    return work.ops.get(opKey(ledger, row.seq)) as OpState
  })
}

/** Held ops that waited for one of the keys. */
export async function loadHeldOn(tx: Tx, work: Workspace, keys: readonly string[]): Promise<void> {
  const rows = opsOf(tx, work).where('verdict', '=', 'held').where(sql<boolean>`waits_for = any(${keys})`)
  for (const row of await rows.execute()) addOp(work, toState(row))
}

/** Everything that judging those ops may ask for. */
export async function loadFor(tx: Tx, work: Workspace, ops: readonly OpState[]): Promise<void> {
  const lines = ops.flatMap(({ line }) => (line === null ? [] : [line]))
  await loadRecords(tx, work, lines)
  await loadLinks(tx, work, lines)
  await loadNumbers(tx, work, lines)
  await loadRevisions(tx, work, lines)
}

async function loadRecords(tx: Tx, work: Workspace, lines: readonly OpLine[]): Promise<void> {
  const own = news(work, lines.map((line) => line.id))
  const named = news(work, lines.flatMap((line) => referencesOf(work, line)))
  const ids = [...own, ...named]
  if (ids.length === 0) return
  const records = tx.selectFrom('record').selectAll().where('scope', '=', work.scope)
  for (const row of await records.where(sql<boolean>`id = any(${ids})`).execute()) addRecord(work, toRecord(row))
  const open = opsOf(tx, work).where('verdict', 'in', ['held', 'rejected', 'conflict'])
  for (const row of await open.where(sql<boolean>`record_id = any(${ids})`).execute()) addOp(work, toState(row))
}

function referencesOf(work: Workspace, line: OpLine): string[] {
  const fields = Object.keys(work.registerNamed(line.ent)?.references ?? {})
  return fields.map((name) => line.set[name]).filter((id) => typeof id === 'string')
}

/** `after`, `of`, and what these lead to in turn: repairs of repairs. */
async function loadLinks(tx: Tx, work: Workspace, lines: readonly OpLine[]): Promise<void> {
  const wanted = lines.map((line) => ({ ledger: { device: line.dev, epoch: line.epoch }, seqs: [line.after, line.of] }))
  for (const [, { ledger, seqs }] of grouped(wanted)) {
    let missing = seqs.filter((seq) => !work.ops.has(opKey(ledger, seq)))
    while (missing.length > 0) {
      const rows = await ofLedger(tx, work, ledger).where(sql<boolean>`seq = any(${missing})`).execute()
      for (const row of rows) addOp(work, toState(row))
      const next = rows.flatMap((row) => [row.superseded_by, row.of_seq]).filter((seq) => seq !== null)
      missing = next.filter((seq) => !work.ops.has(opKey(ledger, seq)))
    }
  }
}

interface Ledger {
  readonly device: string
  readonly epoch: string
}

function grouped(wanted: readonly { ledger: Ledger; seqs: readonly (number | null | undefined)[] }[]) {
  const groups = new Map<string, { ledger: Ledger; seqs: number[] }>()
  for (const { ledger, seqs } of wanted) {
    const group = groups.get(ledgerKey(ledger)) ?? { ledger, seqs: [] }
    for (const seq of seqs) if (typeof seq === 'number') group.seqs.push(seq)
    groups.set(ledgerKey(ledger), group)
  }
  return groups
}

/** Who holds the identity numbers that could be taken: those set, and those of the records concerned. */
async function loadNumbers(tx: Tx, work: Workspace, lines: readonly OpLine[]): Promise<void> {
  const ofCadres = lines.filter((line) => line.ent === 'cadre')
  const numbers = ofCadres.flatMap((line) => [line.set, work.records.get(recordKey('cadre', line.id))?.data ?? {}])
  const wanted = news(work, numbers.map((values) => values['identityNumber']).filter((value) => typeof value === 'string'))
  if (wanted.length === 0) return
  const holders = await tx
    .selectFrom('record')
    .select(['id', sql<string>`data->>'identityNumber'`.as('number')])
    .where('scope', '=', work.scope)
    .where('ent', '=', 'cadre')
    .where('voided', '=', false)
    .where(sql<boolean>`data->>'identityNumber' = any(${wanted})`)
    .execute()
  for (const { id, number } of holders) if (!work.numbers.has(number)) work.numbers.set(number, id)
}

/** The revisions that writers of a stale change saw. */
async function loadRevisions(tx: Tx, work: Workspace, lines: readonly OpLine[]): Promise<void> {
  const keys = lines.flatMap((line) => {
    const after = line.after === null ? undefined : work.ops.get(opKey({ device: line.dev, epoch: line.epoch }, line.after))
    return [line.base, after?.rev ?? 0].map((rev) => ({ ent: line.ent, id: line.id, rev }))
  })
  const missing = keys.filter(({ ent, id, rev }) => rev > 0 && !work.revisions.has(`${recordKey(ent, id)}/${rev}`))
  if (missing.length === 0) return
  const [ids, ents, revs] = [missing.map((key) => key.id), missing.map((key) => key.ent), missing.map((key) => key.rev)]
  const rows = await tx
    .selectFrom('revision')
    .selectAll()
    .where('scope', '=', work.scope)
    .where(sql<boolean>`(id, ent, rev) in (select * from unnest(${ids}::text[], ${ents}::text[], ${revs}::bigint[]))`)
    .execute()
  for (const row of rows) work.revisions.set(`${recordKey(row.ent, row.id)}/${row.rev}`, toRecord(row))
}

/** Those not asked for before; asked for from now on. */
function news(work: Workspace, wanted: readonly string[]): string[] {
  const fresh = [...new Set(wanted)].filter((key) => !work.asked.has(key))
  for (const key of fresh) work.asked.add(key)
  return fresh
}

const opsOf = (tx: Tx, work: Workspace) => tx.selectFrom('op').selectAll().where('scope', '=', work.scope)
const ofLedger = (tx: Tx, work: Workspace, { device, epoch }: Ledger) =>
  opsOf(tx, work).where('device', '=', device).where('epoch', '=', epoch)

const toRecord = (row: RecordRow): RecordState => ({
  ent: row.ent,
  id: row.id,
  rev: row.rev,
  data: row.data,
  sealed: row.sealed,
  voided: row.voided,
  why: row.why,
  revHash: row.rev_hash,
})

/** Only what may still be judged is parsed again; what a newer protocol wrote cannot be. */
const readable = (row: OpRow): row is OpRow & { bytes: Buffer } =>
  row.verdict === 'held' && row.bytes !== null && row.waits_for !== `${PARKED}protocol`

function toState(row: OpRow): OpState {
  return {
    device: row.device,
    epoch: row.epoch,
    seq: row.seq,
    bytesHash: row.bytes_hash,
    ent: row.ent,
    recordId: row.record_id,
    of: row.of_seq,
    line: readable(row) ? storedLine(row.bytes) : null,
    verdict: row.verdict,
    rev: row.rev,
    revHash: row.rev_hash,
    merged: row.merged,
    fields: row.fields,
    problem: row.problem,
    supersededBy: row.superseded_by,
    waitsFor: row.waits_for,
    conceal: false,
    changed: null,
  }
}
