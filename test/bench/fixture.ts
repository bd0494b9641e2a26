import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDesk, type Desk } from '../../core/desk.ts'
import type { KdfCost } from '../../core/keys/wrap.ts'
import { contract, type Input, type Name, type Output } from '../../shared/contract/index.ts'

export const CHEAP_KDF: KdfCost = { memoryKiB: 64, iterations: 1, parallelism: 1 }
export const PASSPHRASE = 'bench-passphrase-1'

export type Call = <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>

export interface BenchDesk {
  readonly desk: Desk
  readonly dir: string
  readonly call: Call
}

/** Folders of this run; removed when it ends. */
export interface Folders {
  make(): string
  removeAll(): void
}

export function createFolders(): Folders {
  const made: string[] = []
  return {
    make: () => {
      const dir = mkdtempSync(join(tmpdir(), 'zgt-bench-'))
      made.push(dir)
      return dir
    },
    removeAll: () => {
      for (const dir of made) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function callOf(desk: Desk): Call {
  return async (name, input) => {
    const reply = await desk.call(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${JSON.stringify(reply.params)}`)
    return contract[name].output.parse(reply.data) as Output<typeof name>
  }
}

/** A desk on a folder, unlocked, with a new township if there is none. */
export async function benchDesk(dir: string, kdf: KdfCost = CHEAP_KDF): Promise<BenchDesk> {
  const desk = await openDesk({ dir, version: 'bench', kdf })
  const call = callOf(desk)
  const { state, officers } = await call('desk.status', {})
  if (state === 'absent') {
    await call('desk.init', {
      unitName: '测试镇',
      unitCode: '371002101',
      officerName: '测试员',
      passphrase: PASSPHRASE,
    })
  } else {
    await call('desk.unlock', { officerId: officers[0]!.id, passphrase: PASSPHRASE })
  }
  return { desk, dir, call }
}
