import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sealerFor } from '../../core/keys/seal.ts'
import { put, type Draft } from '../../db/put.ts'
import { cadre, type Cadre } from '../../shared/domain/cadre.ts'
import type { Field, Register } from '../../shared/domain/register.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'
import { KEY_GROUPS, talk, type Talk } from '../../shared/domain/talk.ts'
import type { OpLine } from '../../shared/sync/protocol.ts'
import { aCadre, aFamilyMember } from '../builders/cadre.ts'
import { aTalk } from '../builders/talk.ts'
import { rowsIn, startWorkspace, type TestWorkspace } from '../helpers/workspace.ts'

const reachOf = (register: Register, reach: Field['reach']): string[] =>
  Object.entries(register.fields).flatMap(([name, field]) => (field.reach === reach ? [name] : []))

/** A text no other field has: a word nobody writes, and a random tail. */
const secret = fc.stringMatching(/^[a-z甲乙丙丁]{6,10}$/).map((tail) => `密${tail}密`)
const day = fc.integer({ min: 0, max: 3_000 }).map((n) => new Date(Date.UTC(2031, 0, 1 + n)).toISOString().slice(0, 10))

/** Every township-reach field of the two registers with content, filled with what must not be readable. */
const someCadre = fc
  .record({
    healthStatus: secret,
    phone: secret,
    address: secret,
    resume: secret,
    awardsAndPenalties: secret,
    annualAppraisals: secret,
    note: secret,
    proposedPost: secret,
    proposedRemoval: secret,
    appointmentReason: secret,
    reportingUnit: secret,
    formFilledBy: secret,
    ageCalculatedOn: day,
    formFilledOn: day,
    family: secret.map((name) => [aFamilyMember({ name, post: name })]),
    imported: fc.tuple(secret, secret).map(([key, value]) => ({ [key]: value })),
  })
  .map((over): Cadre => aCadre(over as Partial<Cadre>))
const someTalk = fc
  .record({
    place: secret,
    summary: secret,
    stateOfMind: secret,
    needs: secret,
    measures: secret,
    privateLine: secret,
    followUpOwner: secret,
    followUpReply: secret,
    followUpDue: day,
    followUpClosedOn: day,
    paperRecord: fc.record({ number: secret, custodian: secret }),
    reason: fc.constantFrom(...KEY_GROUPS),
  })
  .map((over) => over as Partial<Talk>)

/** Every string inside a value, object keys included. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [...(Array.isArray(value) ? [] : [key]), ...stringsIn(item)])
}

/** The township's values of a record, those that are long enough to be looked for. */
function secretsOf(register: Register, record: object): string[] {
  const values = record as Record<string, unknown>
  const known = new Set(['relation', 'name', 'birthMonth', 'politicalStatus', 'post', 'number', 'custodian'])
  return reachOf(register, 'township')
    .flatMap((name) => stringsIn(values[name]))
    .filter((text) => text.length >= 5 && !known.has(text))
}

const readable = (bytes: string): string => bytes + JSON.stringify(JSON.parse(bytes))

async function lastOps({ dir }: TestWorkspace, count: number): Promise<{ bytes: string; line: OpLine }[]> {
  const rows = await rowsIn<{ bytes: string }>(dir, `select bytes from op order by seq desc limit ${count}`)
  return rows.map(({ bytes }) => ({ bytes, line: JSON.parse(bytes) as OpLine })).reverse()
}

describe('what has township reach', () => {
  test('is never readable in an op: not when created, not when changed, not when emptied', async () => {
    const started = await startWorkspace()
    const { command } = started
    await fc.assert(
      fc.asyncProperty(someCadre, someCadre, someTalk, someTalk, async (person, otherPerson, held, otherHeld) => {
        const meeting = aTalk({ ...held, cadreId: person.id })
        const changedPerson = { ...person, ...pick(otherPerson, reachOf(cadre, 'township')) }
        const changedTalk = { ...meeting, ...otherHeld }
        const emptied = {
          ...changedPerson,
          ...Object.fromEntries(reachOf(cadre, 'township').map((name) => [name, null])),
        }
        const [first, firstTalk] = await command(
          async ({ tx, at }) => [put(tx, cadre, null, person, at), put(tx, talk, null, meeting, at)] as const,
        )
        const [second] = await command(
          async ({ tx, at }) =>
            [
              put(tx, cadre, first, { ...first, ...changedPerson } as Draft<typeof cadre>, at),
              put(tx, talk, firstTalk, { ...firstTalk, ...changedTalk } as Draft<typeof talk>, at),
            ] as const,
        )
        await command(async ({ tx, at }) =>
          put(tx, cadre, second, { ...second, ...emptied } as Draft<typeof cadre>, at),
        )
        const secrets = [person, changedPerson].flatMap((record) => secretsOf(cadre, record))
        secrets.push(...[meeting, changedTalk].flatMap((record) => secretsOf(talk, record)))
        expect(secrets.length).toBeGreaterThan(40)
        for (const { bytes, line } of await lastOps(started, 5)) {
          const text = readable(bytes)
          expect(secrets.filter((word) => text.includes(word))).toEqual([])
          const register = REGISTERS[line.ent as 'cadre' | 'talk'] as Register
          const township = reachOf(register, 'township')
          expect(Object.keys({ ...line.set, ...line.was }).filter((name) => township.includes(name))).toEqual([])
          expect(Object.keys(line.sealed).filter((name) => !township.includes(name))).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
  })

  test('opens again to exactly the value, field by field, and a cleared field to null', async () => {
    const started = await startWorkspace()
    const { sealer } = started.workspace
    const person = aCadre({
      resume: '履历\n多行',
      family: [aFamilyMember()],
      imported: { b: '2', a: '1' },
      formFilledOn: '2026-01-02',
    })
    const first = await started.command(async ({ tx, at }) => put(tx, cadre, null, person, at))
    await started.command(async ({ tx, at }) => put(tx, cadre, first, { ...first, resume: null }, at))
    const [create, patch] = (await lastOps(started, 2)).map((op) => op.line) as [OpLine, OpLine]
    for (const [field, sealed] of Object.entries(create.sealed)) {
      expect(sealer.unseal({ register: 'cadre', id: person.id, field }, sealed)).toEqual(person[field as keyof Cadre])
    }
    expect(Object.keys(create.sealed).sort()).toEqual(['family', 'formFilledOn', 'imported', 'resume'])
    expect(sealer.unseal({ register: 'cadre', id: person.id, field: 'resume' }, patch.sealed['resume']!)).toBeNull()
  })

  test('cannot be moved to another record, field, register or township, nor altered', async () => {
    const { workspace, dir } = await startWorkspace()
    const { sealer } = workspace
    const place = { register: 'talk', id: 'a', field: 'summary' }
    const sealed = sealer.seal(place, '谈话内容')
    expect(sealer.unseal(place, sealed)).toBe('谈话内容')
    for (const moved of [{ id: 'b' }, { field: 'needs' }, { register: 'cadre' }]) {
      expect(sealer.unseal({ ...place, ...moved }, sealed)).toBeUndefined()
    }
    const [township] = await rowsIn<{ value: string }>(
      dir,
      `select value from local_setting where key = 'township-key'`,
    )
    const key = Buffer.from(JSON.parse(township!.value) as string, 'base64')
    expect(sealerFor('371002101', key).unseal(place, sealed)).toBe('谈话内容')
    expect(sealerFor('371002102', key).unseal(place, sealed)).toBeUndefined()
    const bytes = Buffer.from(sealed.c, 'base64')
    for (let at = 0; at < bytes.length; at += 1) {
      const bent = Buffer.from(bytes)
      bent[at] = bent[at]! ^ 1
      expect(sealer.unseal(place, { ...sealed, c: bent.toString('base64') })).toBeUndefined()
    }
  })
})

const pick = (record: object, names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, (record as Record<string, unknown>)[name]]))
