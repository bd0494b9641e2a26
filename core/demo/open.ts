import { callOver } from '../../shared/contract/call.ts'
import type { Transport } from '../../shared/contract/index.ts'
import type { DemoCity } from '../desk-life.ts'
import { DEMO_FIRST_RUN, DEMO_PASSPHRASE } from './install.ts'

/**
 * Opens the demo township, makes it where it is absent, and enrols it where it is not: the page starts right inside.
 *
 * What does not work is told to `report` and left as it is: without its city the township is worth trying as well, and
 * when somebody has changed the passphrase the page asks for it, as on any desk.
 */
export async function openDemo(
  transport: Transport,
  city: DemoCity | null,
  report: (cause: unknown) => void,
): Promise<void> {
  const call = callOver(transport)
  try {
    const { state, officers } = await call('desk.status', {})
    if (state === 'absent') return void (await call('desk.demo', {}))
    const officer = officers.find(({ name }) => name === DEMO_FIRST_RUN.officerName)
    if (state !== 'locked' || officer === undefined) return
    const { demo, enrolled, unit } = await call('desk.unlock', { officerId: officer.id, passphrase: DEMO_PASSPHRASE })
    if (!demo || enrolled || city === null) return
    const { url, code } = await city({ code: unit.unitCode, name: unit.name })
    await call('sync.enrol', { city: url, code })
  } catch (cause) {
    report(cause)
  }
}
