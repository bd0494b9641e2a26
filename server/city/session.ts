import { createHash, randomBytes } from 'node:crypto'
import { argon2Verify } from 'hash-wasm'
import type { ConsoleAccount, SignInRequest } from '../../shared/contract/city.ts'
import { ROLES } from '../../shared/permissions.ts'
import { hashPassword } from './admin.ts'
import { SEES } from './console-access.ts'
import { Refused } from './problem.ts'
import type { Db } from './schema.ts'
import { isStorable } from './storable.ts'

/** A working day and its evening. */
export const SESSION_SECONDS = 12 * 3_600
const FAILURES_ALLOWED = 5
const DELAY_SECONDS = 600

export interface Sessions {
  /** The token of a new session. Throws Refused `wrong-sign-in`, `too-many-attempts`. */
  signIn(request: SignInRequest): Promise<{ token: string; account: ConsoleAccount }>
  /** Who the token belongs to. Throws Refused `not-signed-in`. */
  accountOf(token: string | null): Promise<ConsoleAccount>
  signOut(token: string | null): Promise<void>
}

/** Console sessions in the database: they outlive a restart, and ending one ends it everywhere. */
export function createSessions(db: Db, now: () => Date): Sessions {
  // A name nobody has must take as long as a wrong password, or the time would tell which names exist.
  const nobody = hashPassword(randomBytes(16).toString('hex'))
  return {
    async signIn({ name, password }) {
      if (!isStorable(name)) throw new Refused('wrong-sign-in')
      await countAttempt(db, name, now())
      const account = await db.selectFrom('account').selectAll().where('name', '=', name).executeTakeFirst()
      const hash = account?.password_hash ?? (await nobody)
      const right = await argon2Verify({ password: password.normalize('NFKC'), hash })
      if (account === undefined || !right) throw new Refused('wrong-sign-in')
      await db.deleteFrom('sign_in_failure').where('name', '=', name).execute()
      const token = await openSession(db, name, now())
      return { token, account: await accountOf(db, token, now()) }
    },
    accountOf: (token) => accountOf(db, token, now()),
    async signOut(token) {
      if (token !== null) await db.deleteFrom('session').where('token_hash', '=', digest(token)).execute()
    },
  }
}

/**
 * Counts an attempt before it is judged, so that many at once do not get more tries than one after the other.
 *
 * The fifth one in a row closes the door for ten minutes, unless it is right.
 */
async function countAttempt(db: Db, name: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('sign_in_failure')
      .values({ name, failures: 0, until: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await tx
      .selectFrom('sign_in_failure')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (row.until !== null && row.until > now) {
      const retryAfter = Math.ceil((row.until.getTime() - now.getTime()) / 1_000)
      throw new Refused('too-many-attempts', { retryAfter }, { retryAfter })
    }
    const failures = (row.failures + 1) % FAILURES_ALLOWED
    const until = failures === 0 ? new Date(now.getTime() + DELAY_SECONDS * 1_000) : null
    await tx.updateTable('sign_in_failure').set({ failures, until }).where('name', '=', name).execute()
  })
}

async function openSession(db: Db, account: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const expires_at = new Date(now.getTime() + SESSION_SECONDS * 1_000)
  await db.deleteFrom('session').where('expires_at', '<=', now).execute()
  await db
    .insertInto('session')
    .values({ token_hash: digest(token), account, expires_at })
    .execute()
  return token
}

async function accountOf(db: Db, token: string | null, now: Date): Promise<ConsoleAccount> {
  if (token === null) throw new Refused('not-signed-in')
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.name', 'session.account')
    .innerJoin('node', 'node.code', 'account.node')
    .select(['account.name', 'account.role', 'node.code', 'node.name as node_name', 'node.kind'])
    .where('token_hash', '=', digest(token))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  const role = ROLES.find((known) => known === row?.role)
  if (row === undefined || role === undefined) throw new Refused('not-signed-in')
  return { name: row.name, role, sees: [...SEES[role]], node: { code: row.code, name: row.node_name, kind: row.kind } }
}

/** Only the digest is stored: whoever reads the database cannot take over a session. */
const digest = (token: string): string => createHash('sha256').update(token).digest('hex')
