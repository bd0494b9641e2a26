import type { CoreEvent, Name, Reply, Transport } from '../shared/contract/index.ts'
import { contract } from '../shared/contract/index.ts'
import type { deskContract } from '../shared/contract/desk.ts'
import { localDateOf } from '../shared/domain/dates.ts'
import { Fault } from '../shared/errors.ts'
import * as z from 'zod'
import { asFault } from '../db/errors.ts'
import { runCommand } from './command.ts'
import { createDeskLife, type DeskLife } from './desk-life.ts'
import type { Actor, Ctx } from './handler.ts'
import { handlers } from './handlers.ts'
import { uuidV7 } from './ids.ts'
import type { HostKeystore } from './keys/keystore.ts'
import { DEFAULT_KDF, type KdfCost } from './keys/wrap.ts'
import { profilePaths, takeProfile } from './profile.ts'
import type { Workspace } from './workspace.ts'

/** The whole application without a host. Electron, the loopback server, the command line and every test open one. */
export interface Desk {
  /** The one door; acts as the officer who is signed in, refuses with `locked` when nobody is. */
  readonly call: Transport
  /** Tells what changed; returns the way to stop listening. */
  onEvent(listener: (event: CoreEvent) => void): () => void
  /** Reports once more if the schedule says so, locks, closes the database, gives the folder back. */
  close(): Promise<void>
}

export interface DeskOptions {
  readonly dir: string
  readonly version: string
  readonly now?: () => Date
  /** In [0, 1), for the jitter of retries. */
  readonly random?: () => number
  readonly kdf?: KdfCost
  /** Where a demo township finds its city and how it enrols there; set by `--demo` hosts. */
  readonly demoCity?: (unit: { code: string; name: string }) => Promise<{ url: string; code: string }>
  /** The operating system's key store, where the host reaches one. */
  readonly keystore?: HostKeystore
  /** Where bugs are written; never a person's data. */
  readonly log?: (reference: string, error: unknown) => void
}

/** Opens a data folder for this process: `profile-in-use` if another has it. Nothing is decrypted yet. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const paths = profilePaths(options.dir)
  const folder = takeProfile(paths)
  const now = options.now ?? (() => new Date())
  const listeners = new Set<(event: CoreEvent) => void>()
  const emit = (event: CoreEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const { version, random = Math.random, kdf = DEFAULT_KDF } = options
  const life = createDeskLife({
    paths,
    version,
    now,
    random,
    kdf,
    emit,
    demoCity: options.demoCity,
    keystore: options.keystore,
  })
  const log = options.log ?? ((reference, error) => void process.stderr.write(`${reference} ${stackOf(error)}\n`))
  return {
    call: async (name, input) => {
      try {
        return { ok: true, data: await answer({ life, now, version }, name, input) }
      } catch (error) {
        return replyTo(error, uuidV7(now()), log)
      }
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      try {
        await life.close()
      } finally {
        folder.release()
      }
    },
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** A fault goes back as it is; anything else is a bug, logged once under a reference the person can tell. */
function replyTo(error: unknown, reference: string, log: (reference: string, error: unknown) => void): Reply {
  const fault = asFault(error)
  if (fault instanceof Fault) return { ok: false, code: fault.code, params: fault.params }
  log(reference, error)
  return { ok: false, code: 'unexpected', params: { reference } }
}

interface Door {
  readonly life: DeskLife
  readonly now: () => Date
  readonly version: string
}

/** known? → parse → allowed? → handler → answer checked. */
async function answer({ life, now, version }: Door, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(contract, name)) throw new Fault('not-found', { name })
  const endpoint = contract[name as Name]
  const parsed = endpoint.input.safeParse(input ?? {})
  if (!parsed.success) throw new Fault('invalid-input', { issues: z.prettifyError(parsed.error) })
  if (endpoint.can === 'anyone') {
    const run = life.handlers[name as keyof typeof life.handlers] as (given: unknown) => Promise<unknown>
    return endpoint.output.parse(await run(parsed.data))
  }
  return life.signedIn(!endpoint.passive, async (workspace, actor) => {
    if (endpoint.can !== 'signed-in' && !actor.can.has(endpoint.can))
      throw new Fault('not-allowed', { can: endpoint.can })
    return handle(
      contextOf(workspace, actor, now, version),
      name as Exclude<Name, keyof typeof deskContract>,
      parsed.data,
    )
  })
}

const contextOf = (workspace: Workspace, actor: Actor, now: () => Date, version: string): Ctx => ({
  actor,
  now,
  newId: () => uuidV7(now()),
  today: localDateOf(now()),
  workspace,
  version,
})

async function handle(ctx: Ctx, name: Exclude<Name, keyof typeof deskContract>, input: unknown): Promise<unknown> {
  const { kind, output } = contract[name]
  const run = handlers[name] as (ctx: unknown, input: unknown) => Promise<unknown>
  if (kind === 'command')
    return runCommand(
      ctx,
      (own) => run(own, input),
      (given) => output.parse(given),
    )
  const { db } = ctx.workspace.store
  if (kind === 'query') return output.parse(await run({ ...ctx, db }, input))
  const transact = <T>(work: Parameters<typeof runCommand<T>>[1]): Promise<T> => runCommand(ctx, work)
  return output.parse(await run({ ...ctx, db, transact }, input))
}
