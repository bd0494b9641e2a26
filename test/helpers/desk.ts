import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDesk, type Desk, type DeskOptions } from '../../core/desk.ts'
import type { KdfCost } from '../../core/keys/wrap.ts'
import { contract, type Input, type Name, type Output, type Transport } from '../../shared/contract/index.ts'
import { Fault, isFaultCode, type FaultParams } from '../../shared/errors.ts'

/** The cheapest Argon2id there is: tests are about the desk, not about waiting. */
export const CHEAP_KDF: KdfCost = { memoryKiB: 64, iterations: 1, parallelism: 1 }
export const PASSPHRASE = 'correct horse 1'
export const UNIT_CODE = '371002101'

export type Call = <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>

/** Calls as a page does: everything crosses a JSON wire, a refused call throws its Fault. */
export const callOver =
  (transport: Transport): Call =>
  async (name, input) => {
    const reply = await transport(name, JSON.parse(JSON.stringify(input)))
    const wired = JSON.parse(JSON.stringify(reply)) as Awaited<ReturnType<Transport>>
    if (!wired.ok) throw new Fault(isFaultCode(wired.code) ? wired.code : 'unexpected', wired.params as FaultParams)
    return contract[name].output.parse(wired.data) as Output<typeof name>
  }

export interface TestDesk {
  readonly dir: string
  readonly desk: Desk
  readonly call: Call
  readonly officerId: string
  readonly recoveryCode: string
  /** Bugs the desk has logged; a test that expects none checks that it is empty. */
  readonly bugs: readonly unknown[]
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zgt-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Opens the desk of a folder; closed with the test. */
export async function openTestDesk(
  dir: string,
  options: Partial<DeskOptions> = {},
): Promise<{ desk: Desk; call: Call; bugs: unknown[] }> {
  const bugs: unknown[] = []
  const log = (_reference: string, error: unknown): void => void bugs.push(error)
  const desk = await openDesk({ dir, version: '0.1.0', kdf: CHEAP_KDF, log, ...options })
  onTestFinished(() => desk.close())
  return { desk, call: callOver(desk.call), bugs }
}

/** A new township desk on a real encrypted database in a folder of its own, its 组织委员 signed in. */
export async function startDesk(options: Partial<DeskOptions> & { unitCode?: string } = {}): Promise<TestDesk> {
  const { unitCode = UNIT_CODE, ...rest } = options
  const dir = temporaryFolder()
  const { desk, call, bugs } = await openTestDesk(dir, rest)
  const made = await call('desk.init', { unitName: '测试镇', unitCode, officerName: '王组委', passphrase: PASSPHRASE })
  return { dir, desk, call, bugs, officerId: made.session.officer.id, recoveryCode: made.recoveryCode }
}
