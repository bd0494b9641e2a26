import type { KdfCost } from '../../core/keys/wrap.ts'
import { put } from '../../db/put.ts'
import { runCommand } from '../../core/command.ts'
import type { CommandCtx, Ctx } from '../../core/handler.ts'
import { uuidV7 } from '../../core/ids.ts'
import { dataKeyByPassphrase, officerSlots, readKeyFile } from '../../core/keys/key-file.ts'
import { openWorkspace } from '../../core/open-workspace.ts'
import { profilePaths } from '../../core/profile.ts'
import { capabilitiesOf } from '../../shared/permissions.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { talk } from '../../shared/domain/talk.ts'
import { unit } from '../../shared/domain/unit.ts'
import { emptyValues, type ValuesOf } from '../../shared/domain/register.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { benchDesk, CHEAP_KDF, PASSPHRASE } from './fixture.ts'

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾仇解'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文辉'
export const YEARS = [2022, 2023, 2024, 2025, 2026] as const

const at = (text: string, n: number): string => [...text][n % [...text].length] as string
/** Name of the n-th made-up person. */
export const benchName = (n: number): string =>
  at(SURNAMES, n) + at(GIVEN, Math.floor(n / 24)) + at(GIVEN, Math.floor(n / 7))

/** Values of the n-th made-up person, about 1.5 KB as an op. */
export function benchCadre(n: number): ValuesOf<typeof cadre> {
  const birthMonth = `${1966 + (n % 35)}-${String(1 + (n % 12)).padStart(2, '0')}`
  const day = String(1 + (Math.floor(n / 420) % 28)).padStart(2, '0')
  const male = n % 2 === 0
  return {
    ...(emptyValues(cadre) as ValuesOf<typeof cadre>),
    name: benchName(n),
    sex: male ? 'male' : 'female',
    birthMonth,
    identityNumber: anIdentityNumber({ birth: `${birthMonth}-${day}`, male, sequence: Math.floor(n / 11_760) }),
    ethnicity: '汉族',
    nativePlace: '山东威海',
    politicalStatus: '中共党员',
    workStartedOn: '1999-08',
    rollGroup: n % 10 === 0 ? 'village' : 'in-post',
    cadreCategory: '公务员',
    postTitle: '试验镇党建工作办公室副主任',
    rank: '三级主任科员',
    fullTimeEducation: '大学',
    phone: `1380000${String(n % 10_000).padStart(4, '0')}`,
    resume:
      '2003.09--2007.07  山东某大学学习\n2007.08--2015.03  试验镇科员\n2015.03--         试验镇党建工作办公室副主任',
  }
}

/** Fills a new folder with so many cadres in twenty units and, for each, one talk a year for five years, through put and the ledger. */
export async function fillTownship(dir: string, cadres: number, kdf: KdfCost = CHEAP_KDF): Promise<void> {
  const { desk } = await benchDesk(dir, kdf)
  await desk.close()
  const { ctx, close } = await openContext(dir, kdf)
  const unitIds = await runCommand(ctx, putUnits)
  const ids: string[] = []
  for (let from = 0; from < cadres; from += 2_000) {
    await runCommand(ctx, async (own) => {
      for (let n = from; n < Math.min(cadres, from + 2_000); n += 1) {
        const id = own.newId()
        ids.push(id)
        const unitId = unitIds[n % unitIds.length]!
        put(own.tx, cadre, null, { ...benchCadre(n), unitId, id, voided: false, voidReason: null }, own.at)
      }
    })
  }
  for (const year of YEARS) await fillTalks(ctx, ids, year)
  await close()
}

async function putUnits({ tx, at, newId }: CommandCtx): Promise<string[]> {
  const { id: parentId } = await tx.db.selectFrom('unit').select('id').executeTakeFirstOrThrow()
  return Array.from({ length: 20 }, (_, n) => {
    const id = newId()
    const own = { name: `第${n + 1}办公室`, kind: 'office', parentId, sortOrder: n } as const
    const values = { ...(emptyValues(unit) as ValuesOf<typeof unit>), ...own }
    put(tx, unit, null, { ...values, id, voided: false, voidReason: null }, at)
    return id
  })
}

async function fillTalks(ctx: Ctx, cadreIds: readonly string[], year: number): Promise<void> {
  for (let from = 0; from < cadreIds.length; from += 5_000) {
    await runCommand(ctx, async (own) => {
      for (const [index, cadreId] of cadreIds.slice(from, from + 5_000).entries()) {
        // Seven of ten this year, so that the list of those not talked to has something in it.
        if (year === YEARS.at(-1) && index % 10 >= 7) continue
        putTalk(own, cadreId, `${year}-${String(1 + (index % 11)).padStart(2, '0')}-15`)
      }
    })
  }
}

function putTalk(own: CommandCtx, cadreId: string, heldOn: string): void {
  const values: ValuesOf<typeof talk> = {
    ...(emptyValues(talk) as ValuesOf<typeof talk>),
    actId: own.newId(),
    cadreId,
    talkType: 'heart-to-heart',
    format: 'individual',
    direction: 'arranged',
    heldOn,
    talker: { officerId: own.actor.id },
    recorder: { officerId: own.actor.id },
    recordedAt: own.at,
    summary: '了解近期工作和家庭情况，鼓励其继续做好包村工作。',
  }
  put(own.tx, talk, null, { ...values, id: own.newId(), voided: false, voidReason: null }, own.at)
}

async function openContext(dir: string, kdf: KdfCost): Promise<{ ctx: Ctx; close: () => Promise<void> }> {
  const paths = profilePaths(dir)
  const file = readKeyFile(paths.keys)!
  const { officerId, name } = officerSlots(file)[0]!
  const key = await dataKeyByPassphrase(file, officerId, PASSPHRASE)
  const now = (): Date => new Date()
  const workspace = await openWorkspace(
    { paths, version: 'bench', now, random: Math.random, kdf, emit: () => {} },
    key,
    false,
  )
  const actor = { id: officerId, name, role: 'orgCommissioner', can: capabilitiesOf('orgCommissioner') } as const
  const ctx: Ctx = { actor, now, newId: () => uuidV7(now()), today: '2026-11-20', workspace, version: 'bench' }
  return {
    ctx,
    close: async () => {
      await workspace.sync.stop()
      await workspace.backups.stop()
      await workspace.store.close()
    },
  }
}
