import { cadre } from '../../shared/domain/cadre.ts'
import { officer } from '../../shared/domain/officer.ts'
import type { Register } from '../../shared/domain/register.ts'
import { setting } from '../../shared/domain/setting.ts'
import { talk, talkAssignment } from '../../shared/domain/talk.ts'
import { unit } from '../../shared/domain/unit.ts'
import { put, type Draft } from '../../db/put.ts'
import { saveSyncState } from '../../db/repo/sync.ts'
import { getLocal } from '../../db/repo/local-setting.ts'
import { runCommand } from '../command.ts'
import type { DemoCity } from '../desk-life.ts'
import type { FirstRun } from '../first-run.ts'
import type { CommandCtx, Ctx } from '../handler.ts'
import { rootUnitId } from '../ids.ts'
import type { KeyPair } from '../ledger/signature.ts'
import { enrolAt } from '../sync/enrol.ts'
import { demoTownship } from './township.ts'

/** A made-up code: no administrative division has it. */
const DEMO_UNIT = { code: '371099101', name: '演示镇', officerName: '演示组织委员' } as const

/** Open to everybody by design: nothing in the demo township is real. */
export const DEMO_PASSPHRASE = 'yanshi-2026'

export const DEMO_FIRST_RUN: FirstRun = {
  unitName: DEMO_UNIT.name,
  unitCode: DEMO_UNIT.code,
  officerName: DEMO_UNIT.officerName,
  role: 'orgCommissioner',
  passphrase: DEMO_PASSPHRASE,
}

/** Puts the made-up township's people and three years of talks into the first command. */
export async function fillDemo(ctx: CommandCtx): Promise<void> {
  const township = demoTownship({ today: ctx.today, rootUnitId: rootUnitId(DEMO_UNIT.code), officerId: ctx.actor.id })
  ctx.annotate({ why: DEMO_UNIT.name })
  putAll(ctx, unit, township.units)
  putAll(ctx, officer, township.officers)
  putAll(ctx, setting, township.settings)
  putAll(ctx, cadre, township.cadres)
  putAll(ctx, talkAssignment, township.assignments)
  putAll(ctx, talk, township.talks)
}

function putAll(ctx: CommandCtx, register: Register, rows: readonly { id: string; values: object }[]): void {
  for (const { id, values } of rows) {
    put(
      ctx.tx,
      register,
      null,
      { ...values, id, voided: false, voidReason: null } as unknown as Draft<Register>,
      ctx.at,
    )
  }
}

/** Enrols the demo township at the city server beside it, so that reporting can be tried at once. */
export async function enrolDemo(ctx: Ctx, city: DemoCity): Promise<void> {
  const { workspace } = ctx
  const { url, code } = await city(DEMO_UNIT)
  const keys = await getLocal<KeyPair>(workspace.store.db, 'device-key')
  const { scope, device, epoch } = workspace.identity
  const request = {
    code,
    scope,
    dev: device,
    publicKey: keys?.publicKey ?? '',
    epoch,
    unitName: DEMO_UNIT.name,
    app: ctx.version,
  }
  const state = await enrolAt(url, request)
  await runCommand(ctx, ({ tx }) => saveSyncState(tx, state))
  await workspace.sync.arm()
}
