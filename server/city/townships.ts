import { sql } from 'kysely'
import type { ConsolePart, Township, Townships } from '../../shared/contract/city.ts'
import { localDateOf, localInstantOf, yearOf } from '../../shared/domain/dates.ts'
import { noFigures, type Figures, type FiguresReader } from './figures.ts'
import type { Db, DeviceRow, NodeRow } from './schema.ts'

interface Asked {
  readonly node: string
  /** The parts the account is given; what is not among them is not in the answer. */
  readonly sees: readonly ConsolePart[]
  readonly now: Date
  readonly year: number | undefined
}

/**
 * The townships at or below a node, in the order of their codes.
 *
 * Every figure on the console starts from this list: what is not below the account's node is not asked for at all.
 */
export async function townshipsBelow(db: Db, figures: FiguresReader, asked: Asked): Promise<Townships> {
  const today = localDateOf(asked.now)
  const year = asked.year ?? yearOf(today)
  const sees = new Set(asked.sees)
  const nodes = await subtree(db, asked.node)
  const townships = await withScope(db, nodes)
  const scopes = townships.map(({ code }) => code)
  const none = noFigures(year, today)
  const counted = sees.has('coverage') || sees.has('work') ? await figures.of(scopes, year, today) : new Map()
  const devices = asked.sees.some((part) => part !== 'coverage') ? await devicesOf(db, scopes) : new Map()
  const names = new Map(nodes.map((one) => [one.code, one.name]))
  return {
    year,
    asOf: none.coverage.asOf,
    townships: townships.map(({ code, name, parent }) => ({
      code,
      name,
      parent: parent === null ? null : { code: parent, name: names.get(parent) ?? parent },
      ...permitted(sees, devices.get(code), counted.get(code) ?? none),
    })),
  }
}

/** A township's row beyond its name: only the parts that may be seen. */
function permitted(
  sees: ReadonlySet<ConsolePart>,
  device: DeviceRow | undefined,
  { coverage, ops }: Figures,
): Omit<Township, 'code' | 'name' | 'parent'> {
  return {
    ...(sees.has('contact') && contactOf(device)),
    ...(sees.has('work') && { attention: device?.attention ?? null, ops }),
    ...(sees.has('device') && { device: deviceView(device) }),
    ...(sees.has('coverage') && { coverage }),
  }
}

/** The node, all below it, and the names above it that its townships are shown under. */
async function subtree(db: Db, root: string): Promise<NodeRow[]> {
  const { rows } = await sql<NodeRow>`
    with recursive below as (
      select * from node where code = ${root}
      union all select node.* from node join below on node.parent = below.code
    ) select * from below order by code`.execute(db)
  return rows
}

/** Nodes that report: townships, and any other leaf that ever enrolled a desk. */
async function withScope(db: Db, nodes: readonly NodeRow[]): Promise<NodeRow[]> {
  const others = nodes.filter(({ kind }) => kind !== 'township').map(({ code }) => code)
  const enrolled =
    others.length === 0 ? [] : await db.selectFrom('scope').select('scope').where('scope', 'in', others).execute()
  const reporting = new Set(enrolled.map(({ scope }) => scope))
  return nodes.filter(({ kind, code }) => kind === 'township' || reporting.has(code))
}

/** The active device of each scope, otherwise the one that enrolled last. */
async function devicesOf(db: Db, scopes: readonly string[]): Promise<Map<string, DeviceRow>> {
  if (scopes.length === 0) return new Map()
  const rows = await db
    .selectFrom('device')
    .selectAll()
    .distinctOn('scope')
    .where('scope', 'in', scopes)
    .orderBy('scope')
    .orderBy(sql`state = 'active'`, 'desc')
    .orderBy('enrolled_at', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.scope, row]))
}

function contactOf(device: DeviceRow | undefined): Pick<Township, 'lastContact' | 'reported'> {
  if (device === undefined) return { lastContact: null, reported: null }
  const { pending, oldest, last_contact: contact } = device
  return {
    lastContact: contact === null ? null : localInstantOf(contact),
    reported: pending === null ? null : { pending, oldest },
  }
}

const deviceView = (device: DeviceRow | undefined): NonNullable<Township['device']> | null =>
  device === undefined ? null : { id: device.device, state: device.state, appVersion: device.app_version }
