import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoCity } from '../../core/desk-life.ts'
import { addUnit, newEnrolCode } from '../city/admin.ts'
import { createCity, type City } from '../city/app.ts'
import { isLock, lockData } from '../city/data-lock.ts'
import { startEmbeddedPostgres } from '../city/embedded-postgres.ts'
import type { Closing } from './closing.ts'

/** Made-up codes and names above the demo township: a city and a district. */
const ABOVE = [
  ['371000', '演示市'],
  ['371099', '演示区'],
] as const

/**
 * Starts a city server of its own beside the demo desk, in the same data folder.
 *
 * Gives back what the desk asks for its enrolment: the township's node is added and a one-time code made then.
 */
export async function startDemoCity(dir: string, closing: Closing): Promise<{ url: string; enrol: DemoCity }> {
  const dataDir = join(dir, 'city')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = lockData(dataDir, 'server')
  if (!isLock(lock)) throw new Error(`the demo city is already run by process ${lock.pid}`)
  closing.add(() => lock.release())
  const postgres = await startEmbeddedPostgres(dataDir)
  closing.add(() => postgres.stop())
  const city = await atTheSamePort(dataDir, (port) => createCity({ dataDir, databaseUrl: postgres.url, port }))
  closing.add(() => city.close())
  return { url: city.url, enrol: (unit) => enrolmentAt(city, unit) }
}

async function enrolmentAt({ url, database }: City, unit: { code: string; name: string }) {
  const now = new Date()
  for (const [code, name] of [...ABOVE, [unit.code, unit.name] as const])
    await addUnit(database.db, code, name, null, now)
  return { url, code: (await newEnrolCode(database.db, unit.code, now)).code }
}

/** The desk has written down where it enrolled, so the city listens there again, unless the port is taken. */
async function atTheSamePort(dataDir: string, start: (port: number) => Promise<City>): Promise<City> {
  const file = join(dataDir, 'port')
  const before = portIn(file)
  let city: City
  try {
    city = await start(before)
  } catch (cause) {
    if (before === 0 || (cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    city = await start(0)
  }
  writeFileSync(file, new URL(city.url).port)
  return city
}

function portIn(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0
  } catch {
    return 0
  }
}
