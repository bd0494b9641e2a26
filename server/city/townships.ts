import { sql } from 'kysely'
import type { Township, Townships } from '../../shared/contract/city.ts'
import { localDateOf, localInstantOf, yearOf } from '../../shared/domain/dates.ts'
import { noFigures, type FiguresReader } from './figures.ts'
import type { Db, DeviceRow, NodeRow } from './schema.ts'

/**
 * The townships at or below a node, in the order of their codes.
 *
 * Every figure on the console starts from this list: what is not below the account's node is not asked for at all.
 */
export async function townshipsBelow(
  db: Db,
  figures: FiguresReader,
  node: string,
  now: Date,
  askedYear?: number,
): Promise<Townships> {
  const today = localDateOf(now)
  const year = askedYear ?? yearOf(today)
  const nodes = await subtree(db, node)
  const townships = await withScope(db, nodes)
  const counted = await figures.of(
    townships.map(({ code }) => code),
    year,
    today,
  )
  const devices = await devicesOf(
    db,
    townships.map(({ code }) => code),
  )
  const names = new Map(nodes.map((one) => [one.code, one.name]))
  const { asOf } = noFigures(year, today).coverage
  return {
    year,
    asOf,
    townships: townships.map((township): Township => {
      const parent =
        township.parent === null ? null : { code: township.parent, name: names.get(township.parent) ?? township.parent }
      const { coverage, ops } = counted.get(township.code) ?? noFigures(year, today)
      return {
        code: township.code,
        name: township.name,
        parent,
        ...deviceView(devices.get(township.code)),
        ops,
        coverage,
      }
    }),
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

function deviceView(device: DeviceRow | undefined): Pick<Township, 'lastContact' | 'device' | 'reported'> {
  if (device === undefined) return { lastContact: null, device: null, reported: null }
  const { pending, attention, oldest, last_contact: contact } = device
  return {
    lastContact: contact === null ? null : localInstantOf(contact),
    device: { id: device.device, state: device.state, appVersion: device.app_version },
    reported: pending === null || attention === null ? null : { pending, oldest, attention },
  }
}
