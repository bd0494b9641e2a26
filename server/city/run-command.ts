import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { addUnit, addUser, listDevices, newEnrolCode, revokeDevice } from './admin.ts'
import { HELP, readCommandLine, UsageError, type Command, type CommandLine } from './cli-arguments.ts'
import { CommandFault } from './command-fault.ts'
import { createLog } from './log.ts'
import { readTls, startCityServer, withCityDatabase } from './main.ts'
import type { Db } from './schema.ts'

export interface Terminal {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Settles when the process is asked to end. */
  readonly stopped: Promise<void>
}

/** Runs one command line and gives its exit code: 0 done, 1 fault, 2 usage. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let json = args.includes('--json')
  try {
    const line = readCommandLine(args)
    json = line.json
    await run(line, terminal)
    return 0
  } catch (cause) {
    const { code, sentence } = complaintOf(cause)
    terminal.error(json ? JSON.stringify({ code, sentence }) : `${code} ${sentence}`)
    if (cause instanceof UsageError && !json) terminal.error(HELP)
    return cause instanceof UsageError ? 2 : 1
  }
}

function complaintOf(cause: unknown): { code: string; sentence: string } {
  if (cause instanceof UsageError) return { code: 'usage', sentence: cause.message }
  if (cause instanceof CommandFault) return { code: cause.code, sentence: cause.message }
  return { code: 'unexpected', sentence: cause instanceof Error ? cause.message : String(cause) }
}

async function run({ command, dataDir, json }: CommandLine, terminal: Terminal): Promise<void> {
  const say = (value: object, text: string) => terminal.out(json ? JSON.stringify(value) : text)
  if (command.name === 'help') return terminal.out(HELP)
  const databaseUrl = terminal.env['DATABASE_URL']
  const place = { dataDir, ...(databaseUrl ? { databaseUrl } : {}) }
  if (command.name === 'start') {
    const { port, host, tls, behindProxy } = command
    const secured = tls === null ? {} : { tls: readTls(tls.cert, tls.key) }
    const city = await startCityServer({ ...place, ...secured, port, host, behindProxy, log: createLog('info') })
    say({ listening: city.url }, `listening ${city.url}`)
    const asked = await Promise.race([terminal.stopped.then(() => true), city.broken.then(() => false)])
    await city.close()
    if (!asked)
      throw new CommandFault('database-ended', '市级端自带的数据库意外停止，市级端随之停止。重新启动即可继续。')
    return
  }
  const password = command.name === 'user add' ? passwordFor(command, terminal) : null
  const { value, text } = await withCityDatabase(place, (db) => administer(db, command, password))
  say(value, text)
}

interface Said {
  readonly value: object
  readonly text: string
}
type Administration = Exclude<Command, { name: 'help' | 'start' }>

async function administer(db: Db, command: Administration, password: Password | null): Promise<Said> {
  const now = new Date()
  switch (command.name) {
    case 'unit add': {
      const { code, name, parent, kind } = await addUnit(db, command.code, command.title, command.parent, now)
      return { value: { code, name, parent, kind }, text: `${code} ${name}` }
    }
    case 'enrol-code': {
      const { scope, name, code, expiresAt } = await newEnrolCode(db, command.code, now)
      return { value: { scope, name, code, expiresAt: expiresAt.toISOString() }, text: code }
    }
    case 'devices': {
      const devices = await listDevices(db)
      const lines = devices.map(
        (one) =>
          `${one.scope} ${one.name} ${one.device} ${one.state} ${one.lastContact ?? '-'} 待报送 ${one.pending ?? '-'}`,
      )
      return { value: { devices }, text: lines.length > 0 ? lines.join('\n') : '还没有设备登记。' }
    }
    case 'revoke': {
      const revoked = await revokeDevice(db, command.device)
      return { value: revoked, text: `已停用 ${revoked.device}` }
    }
    case 'user add': {
      const { user: name, role, node } = command
      const { text, generated } = password as Password
      const added = await addUser(db, { name, role, node, password: text }, now)
      return {
        value: { ...added, ...(generated ? { password: text } : {}) },
        text: generated ? `${name} 的密码（只显示这一次）：${text}` : name,
      }
    }
  }
}

interface Password {
  readonly text: string
  readonly generated: boolean
}

function passwordFor({ passwordFile }: Command & { name: 'user add' }, { env }: Terminal): Password {
  if (passwordFile !== null) return { text: fileText(passwordFile), generated: false }
  const given = env['ZGT_PASSWORD']
  return given ? { text: given, generated: false } : { text: randomBytes(12).toString('base64url'), generated: true }
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new CommandFault('file-unreadable', `文件无法读取：${file}`, { cause })
  }
}
