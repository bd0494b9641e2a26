import { sql } from 'kysely'
import type { OpLine, PushHeader } from '../../../shared/sync/protocol.ts'
import { storedLine } from '../batch.ts'
import { isKnownNow } from '../judge.ts'
import { PARKED, type RecordState } from '../judgement.ts'
import type { OpRow, RecordRow, Tx } from '../schema.ts'
import {
  addOp,
  addRecord,
  ledgerKey,
  ledgerOf,
  opAt,
  opKey,
  recordKey,
  stretchesOf,
  type LedgerName,
  type OpState,
  type Workspace,
} from '../workspace.ts'

/** What every push needs, however small: the officers, the founding transactions, and parked ops that are known now. */
export async function loadScope(tx: Tx, work: Workspace): Promise<void> {
  const { scope } = work
  const officers = await tx
    .selectFrom('record')
    .selectAll()
    .where('scope', '=', scope)
    .where('ent', '=', 'officer')
    .execute()
  for (const row of officers) addRecord(work, toRecord(row))
  const sent = tx
    .selectFrom('op')
    .select('record_id')
    .distinct()
    .where('scope', '=', scope)
    .where('ent', '=', 'officer')
  for (const { record_id: id } of await sent.execute()) if (id !== null) work.sentOfficers.add(id)
  const ledgers = await tx.selectFrom('ledger').selectAll().where('scope', '=', scope).execute()
  for (const row of ledgers) work.ledgers.set(ledgerKey(row), row)
  const parked = tx
    .selectFrom('op')
    .select('waits_for')
    .distinct()
    .where('scope', '=', scope)
    .where('verdict', '=', 'held')
  for (const { waits_for: key } of await parked.where(sql<boolean>`starts_with(waits_for, ${PARKED})`).execute()) {
    if (key !== null && isKnownNow(key, work.registerNamed)) work.touched.add(key)
  }
}

/** Ops of one ledger between two numbers, as stored. */
export async function loadRange(tx: Tx, work: Workspace, ledger: LedgerName, from: number, to: number): Promise<void> {
  if (to < from) return
  const rows = ofLedger(tx, work, ledger).where('seq', '>=', from).where('seq', '<=', to)
  for (const row of await rows.execute()) addOp(work, toState(row))
}

/** Ops outside the batch whose verdict changed in a receipt after the last one the desk has. */
export async function loadChangedSince(
  tx: Tx,
  work: Workspace,
  ledger: LedgerName,
  header: PushHeader,
): Promise<OpState[]> {
  const stretches = stretchesOf(work, ledger)
  const rows = await opsOf(tx, work)
    .where('device', '=', ledger.device)
    .where('verdict_in', '>', header.lastReceipt)
    .where((eb) =>
      eb.or(stretches.map(({ epoch, from, to }) => eb.and([eb('epoch', '=', epoch), eb.between('seq', from, to)]))),
    )
    .where((eb) => eb.or([eb('seq', '<', header.from), eb('seq', '>', header.to)]))
    .orderBy('seq')
    .execute()
  for (const row of rows) addOp(work, toState(row))
  return rows.map((row) => work.ops.get(opKey(row, row.seq)) as OpState)
}

/** Held ops that waited for one of the keys. */
export async function loadHeldOn(tx: Tx, work: Workspace, keys: readonly string[]): Promise<void> {
  const rows = opsOf(tx, work)
    .where('verdict', '=', 'held')
    .where(sql<boolean>`waits_for = any(${keys})`)
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
  const own = news(
    work,
    lines.map((line) => line.id),
  )
  const named = news(
    work,
    lines.flatMap((line) => referencesOf(work, line)),
  )
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
  const seen = new Set<string>()
  let wanted = lines.flatMap((line) => linksOf(ledgerOf(line), line.after, line.of))
  while (wanted.length > 0) {
    await loadMissing(
      tx,
      work,
      wanted.filter(({ ledger, seq }) => opAt(work, ledger, seq) === undefined),
    )
    for (const { ledger, seq } of wanted) seen.add(opKey(ledger, seq))
    const next = wanted.flatMap(({ ledger, seq }) => {
      const op = opAt(work, ledger, seq)
      return linksOf(ledger, op?.supersededBy, op?.of)
    })
    wanted = next.filter(({ ledger, seq }) => !seen.has(opKey(ledger, seq)))
  }
}

const linksOf = (
  ledger: LedgerName,
  ...seqs: readonly (number | null | undefined)[]
): { ledger: LedgerName; seq: number }[] => seqs.flatMap((seq) => (typeof seq === 'number' ? [{ ledger, seq }] : []))

async function loadMissing(
  tx: Tx,
  work: Workspace,
  missing: readonly { ledger: LedgerName; seq: number }[],
): Promise<void> {
  if (missing.length === 0) return
  const rows = await opsOf(tx, work)
    .where('device', 'in', [...new Set(missing.map(({ ledger }) => ledger.device))])
    .where(sql<boolean>`seq = any(${missing.map(({ seq }) => seq)})`)
    .execute()
  for (const row of rows) addOp(work, toState(row))
}

/** Who holds the identity numbers that could be taken: those set, and those of the records concerned. */
async function loadNumbers(tx: Tx, work: Workspace, lines: readonly OpLine[]): Promise<void> {
  const ofCadres = lines.filter((line) => line.ent === 'cadre')
  const numbers = ofCadres.flatMap((line) => [line.set, work.records.get(recordKey('cadre', line.id))?.data ?? {}])
  const wanted = news(
    work,
    numbers.map((values) => values['identityNumber']).filter((value) => typeof value === 'string'),
  )
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
    const after = line.after === null ? undefined : opAt(work, ledgerOf(line), line.after)
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
const ofLedger = (tx: Tx, work: Workspace, { device, epoch }: LedgerName) =>
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
