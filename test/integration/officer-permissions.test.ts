import { describe, expect, test } from 'vitest'
import { contract, type Name } from '../../shared/contract/index.ts'
import { CAPABILITIES, capabilitiesOf, ROLES, type Capability, type Role } from '../../shared/permissions.ts'
import { PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { signInAs, smallestInput } from '../helpers/roles.ts'
import { rowsIn } from '../helpers/workspace.ts'

const NAMES = Object.keys(contract) as Name[]
const OPEN = NAMES.filter((name) => contract[name].can === 'anyone')
const GUARDED = NAMES.filter((name) => contract[name].can !== 'anyone')

test('every endpoint asks for something there is, and only the desk’s own life asks for nothing', () => {
  for (const name of NAMES) expect(CAPABILITIES).toContain(contract[name].can)
  expect(OPEN.filter((name) => !name.startsWith('desk.'))).toEqual([])
})

describe.each(ROLES)('the role %s', (role) => {
  test('is refused every endpoint it has no right to, by that right’s name, and nothing is written', async () => {
    const { dir, call, desk, bugs } = await startDesk()
    await signInAs(call, role)
    const sum = 'select (select count(*) from op) as ops, (select count(*) from access_log) as entries'
    const before = await rowsIn(dir, sum)
    const can = capabilitiesOf(role)
    for (const name of GUARDED) {
      const needs: Capability = contract[name].can
      if (can.has(needs)) continue
      const reply = await desk.call(name, smallestInput(name))
      expect([name, reply]).toEqual([name, { ok: false, code: 'not-allowed', params: { can: needs } }])
    }
    expect(await rowsIn(dir, sum)).toEqual(before)
    expect(bugs).toEqual([])
  })

  test('is let through to every endpoint it has a right to', async () => {
    const { call, desk, bugs } = await startDesk()
    await signInAs(call, role)
    for (const name of GUARDED) {
      if (!capabilitiesOf(role).has(contract[name].can)) continue
      const reply = await desk.call(name, smallestInput(name))
      expect([name, reply.ok || reply.code]).not.toEqual([name, 'not-allowed'])
      expect([name, reply.ok || reply.code]).not.toEqual([name, 'invalid-input: set'])
    }
    expect(bugs).toEqual([])
  })
})

describe('a locked desk', () => {
  test('refuses everything but what anyone may ask', async () => {
    const { desk, call, bugs } = await startDesk()
    await call('desk.lock', {})
    for (const name of GUARDED) {
      expect([name, await desk.call(name, smallestInput(name))]).toEqual([
        name,
        { ok: false, code: 'locked', params: {} },
      ])
    }
    expect(bugs).toEqual([])
  })

  test('tells an absent one’s visitors the same', async () => {
    const { desk, call } = await startDesk()
    await call('desk.lock', {})
    expect(await desk.call('no.such', {})).toMatchObject({ ok: false, code: 'not-found' })
    expect(await desk.call('__proto__', {})).toMatchObject({ ok: false, code: 'not-found' })
    expect(await desk.call('toString', {})).toMatchObject({ ok: false, code: 'not-found' })
  })
})

describe('what was said in a talk', () => {
  const WORDS = '独此一份的谈话内容'
  async function aTalkWithContent(role: Role) {
    const started = await startDesk()
    const { call } = started
    const { id: cadreId } = await call('cadre.save', {
      set: { name: '试一', phone: '13912345678', address: '独此一份的住址' },
    })
    const set = {
      cadreId,
      heldOn: '2026-03-18',
      talker: { name: '甲' },
      summary: WORDS,
      needs: WORDS,
      privateLine: WORDS,
    }
    const { id } = await call('talk.save', { set })
    await call('talk.save', { id, version: 1, set: { measures: WORDS } })
    await call('draft.save', { key: `talk:${id}`, content: { summary: WORDS } })
    await signInAs(call, role)
    return { ...started, id, cadreId }
  }

  test.each(['viewer', 'sysAdmin', 'secAdmin', 'secAuditor'] as const)(
    'is never read by a %s, whatever is asked',
    async (role) => {
      const { desk, id, cadreId, bugs } = await aTalkWithContent(role)
      const asked: [string, unknown][] = [
        ['talk.reveal', { id, fields: ['summary'] }],
        ['talk.get', { id }],
        ['talk.list', {}],
        ['talk.coverage', { year: 2026 }],
        ['cadre.get', { id: cadreId }],
        ['cadre.reveal', { id: cadreId, fields: ['address'] }],
        ['cadre.list', {}],
        ['change.list', { register: 'talk', recordId: id }],
        ['change.list', { register: 'cadre', recordId: cadreId }],
        ['change.list', { register: 'talk-assignment', recordId: id }],
        ['draft.list', {}],
        ['sync.list', { state: 'pending' }],
        ['access-log.list', {}],
        ['desk.verify', {}],
        ['session.get', {}],
      ]
      for (const [name, input] of asked) {
        const said = JSON.stringify(await desk.call(name, input))
        expect([name, said.includes('独此一份'), said.includes('13912345678')]).toEqual([name, false, false])
      }
      expect(bugs).toEqual([])
    },
  )

  test('is read by an operator, one logged look at a time', async () => {
    const { call, id } = await aTalkWithContent('operator')
    expect(await call('talk.reveal', { id, fields: ['summary', 'measures'] })).toEqual({
      values: { summary: WORDS, measures: WORDS },
    })
  })

  test.each(['sysAdmin', 'secAdmin', 'secAuditor'] as const)(
    'nor is a cadre’s name or file read by a %s',
    async (role) => {
      const { desk, id, cadreId } = await aTalkWithContent(role)
      const asked: [string, unknown][] = [
        ['cadre.list', {}],
        ['cadre.get', { id: cadreId }],
        ['talk.list', {}],
        ['talk.get', { id }],
        ['talk.coverage', { year: 2026 }],
        ['change.list', { register: 'cadre', recordId: cadreId }],
        ['talk-assignment.list', {}],
      ]
      for (const [name, input] of asked)
        expect([name, await desk.call(name, input)]).toMatchObject([name, { code: 'not-allowed' }])
    },
  )
})

describe('the history', () => {
  test('asks for the right to read the register it shows', async () => {
    const { call, desk } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const { officer } = await call('session.get', {})
    await signInAs(call, 'secAuditor')
    await refused(call('change.list', { register: 'cadre', recordId: id }), 'not-allowed', { can: 'cadre:read' })
    expect((await call('change.list', { register: 'officer', recordId: officer.id })).total).toBe(1)
    await refused(call('change.list', { register: 'no-such', recordId: id }), 'not-found')
    await refused(call('change.list', { register: '__proto__', recordId: id }), 'not-found')
    expect(await desk.call('change.list', { register: 'cadre', recordId: 'x' })).toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('an officer', () => {
  test('cannot take their own rights away, nor their own state', async () => {
    const { call, officerId } = await startDesk()
    await refused(call('officer.save', { id: officerId, version: 1, set: { state: 'disabled' } }), 'own-rights')
    await refused(call('officer.save', { id: officerId, version: 1, set: { role: 'operator' } }), 'own-rights')
    await call('officer.save', { id: officerId, version: 1, set: { name: '王新名' } })
    expect((await call('desk.status', {})).officers).toEqual([{ id: officerId, name: '王新名' }])
  })

  test.each(['sysAdmin', 'secAdmin'] as const)(
    'of the role %s cannot make themselves one who reads talks',
    async (role) => {
      const { call } = await startDesk()
      const id = await signInAs(call, role)
      await refused(call('officer.save', { id, version: 1, set: { role: 'orgCommissioner' } }), 'own-rights')
      await refused(call('officer.save', { id, version: 1, set: { role: 'operator' } }), 'own-rights')
      expect((await call('session.get', {})).officer.role).toBe(role)
    },
  )

  test('who can sign in is given a role, or has it taken, only by somebody who may do as much', async () => {
    const { call, officerId } = await startDesk()
    const id = await signInAs(call, 'operator')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    const lowered = await call('officer.save', { id, version: 1, set: { role: 'secAdmin' } })
    const { txn } = (await call('change.list', { register: 'officer', recordId: id })).rows[0]!
    await signInAs(call, 'sysAdmin')
    await refused(call('officer.save', { id: officerId, version: 1, set: { role: 'sysAdmin' } }), 'not-allowed')
    await refused(call('officer.save', { id, version: lowered.version, set: { role: 'operator' } }), 'not-allowed')
    await refused(call('change.undo', { txn }), 'not-allowed')
    const roles = (await call('officer.list', {})).rows.map(({ record }) => [record.id, record.role])
    expect(roles).toEqual(
      expect.arrayContaining([
        [officerId, 'orgCommissioner'],
        [id, 'secAdmin'],
      ]),
    )

    // Somebody new may have any role: nobody signs in as them before one who may do as much has given them a passphrase.
    const { id: fresh } = await call('officer.save', { set: { name: '新干事', role: 'operator' } })
    await refused(call('officer.setPassphrase', { officerId: fresh, passphrase: 'another good 3' }), 'not-allowed')
    await call('officer.save', { id: fresh, version: 1, set: { role: 'viewer' } })
  })

  test('who is disabled cannot unlock, is no longer offered, and can be enabled again', async () => {
    const { call, officerId } = await startDesk()
    const id = await signInAs(call, 'operator', '李干事')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('officer.save', { id, version: 1, set: { state: 'disabled' } })
    expect((await call('desk.status', {})).officers.map((o) => o.name)).toEqual(['王组委'])
    await refused(call('desk.unlock', { officerId: id, passphrase: 'battery staple 2' }), 'officer-disabled')
    await refused(call('officer.setPassphrase', { officerId: id, passphrase: 'another good 3' }), 'officer-disabled')
    await call('officer.save', { id, version: 2, set: { state: 'active' } })
    await call('desk.unlock', { officerId: id, passphrase: 'battery staple 2' })
  })

  test('whose rights were changed has the new ones at the next unlock', async () => {
    const { call, officerId } = await startDesk()
    const id = await signInAs(call, 'operator')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('officer.save', { id, version: 1, set: { role: 'viewer' } })
    await call('desk.unlock', { officerId: id, passphrase: 'battery staple 2' })
    await refused(call('cadre.save', { set: { name: '试一' } }), 'not-allowed')
  })
})

describe('a passphrase', () => {
  test('of somebody who may do more than oneself is not for an administrator to set', async () => {
    const { call, officerId } = await startDesk()
    await signInAs(call, 'sysAdmin')
    await refused(call('officer.setPassphrase', { officerId, passphrase: 'let me in 77' }), 'not-allowed')
  })

  test('guessed for one’s own counts like a guess at unlocking', async () => {
    const { call, officerId } = await startDesk()
    const guess = () =>
      call('officer.setPassphrase', { officerId, current: 'wrong one 9', passphrase: 'another good 3' })
    for (let n = 0; n < 5; n += 1) await refused(guess(), 'wrong-passphrase')
    await refused(guess(), 'too-many-attempts')
  })

  test('of one’s own needs the current one; another’s needs the right to write officers', async () => {
    const { call, officerId, bugs } = await startDesk()
    await refused(call('officer.setPassphrase', { officerId, passphrase: 'another good 3' }), 'wrong-passphrase')
    await refused(
      call('officer.setPassphrase', { officerId, current: 'wrong one 9', passphrase: 'another good 3' }),
      'wrong-passphrase',
    )
    await refused(
      call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: 'weak' }),
      'weak-passphrase',
    )
    await call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: 'another good 3' })
    const id = await signInAs(call, 'operator')
    await refused(call('officer.setPassphrase', { officerId, passphrase: 'stolen one 4' }), 'not-allowed', {
      can: 'officer:write',
    })
    await call('officer.setPassphrase', { officerId: id, current: 'battery staple 2', passphrase: 'my own new 5' })
    await call('desk.lock', {})
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'wrong-passphrase')
    await call('desk.unlock', { officerId, passphrase: 'another good 3' })
    const { rows } = await call('access-log.list', {})
    expect(rows.filter((row) => row.action === 'passphrase').map((row) => row.recordId)).toEqual([id, id, officerId])
    expect(bugs).toEqual([])
  })

  test('set for two officers at once is set for both', async () => {
    const { call } = await startDesk()
    const ids: string[] = []
    for (const name of ['甲', '乙', '丙'])
      ids.push((await call('officer.save', { set: { name, role: 'operator' } })).id)
    await Promise.all(
      ids.map((officerId) => call('officer.setPassphrase', { officerId, passphrase: `for all ${'1'}23` })),
    )
    expect((await call('officer.list', {})).rows.every((row) => row.hasSlot)).toBe(true)
    for (const officerId of ids) await call('desk.unlock', { officerId, passphrase: 'for all 123' })
  })

  test('nor an empty code opens anything, and neither is a bug', async () => {
    const { call, officerId, bugs } = await startDesk()
    await call('desk.lock', {})
    for (const recoveryCode of ['', ' - - ', '。']) {
      await refused(
        call('desk.recover', { officerId, recoveryCode, passphrase: 'another good 3' }),
        'wrong-recovery-code',
      )
    }
    expect(bugs).toEqual([])
  })
})
