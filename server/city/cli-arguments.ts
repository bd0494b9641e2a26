import { homedir } from 'node:os'
import { parseArgs } from 'node:util'
import { dataFolder } from '../../shared/data-folder.ts'
import { ROLES, type Role } from '../../shared/permissions.ts'

/** The command line was written wrongly: exit code 2. */
export class UsageError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'UsageError'
  }
}

export const HELP = `用法：npm run -s city -- <命令> [--data 文件夹] [--json]

  start [--port N] [--host 地址] [--tls-cert 文件 --tls-key 文件] [--behind-proxy] [--allow-http]
  unit add 代码 名称 [--parent 代码]      添加市、区市、镇街
  enrol-code 代码                         为镇街生成一次性登记码（7 天有效）
  devices                                 列出已登记的设备
  revoke 设备                             停用一台设备
  user add 名称 --role 角色 --node 代码   开通账号；密码取自 ZGT_PASSWORD 或 --password-file，否则随机生成并显示一次

数据库：设置了 DATABASE_URL 就用它，否则在数据文件夹里运行自带的 PostgreSQL。
角色：${ROLES.join(' ')}
控制台按角色和单位给内容：只看 --node 及其下级；viewer 看联系和覆盖率，operator 另看需要处理的变更，
  orgCommissioner 另看设备，sysAdmin 只看联系和设备，secAdmin、secAuditor 目前没有可看的内容`

const OPTIONS = {
  'data': { type: 'string' },
  'json': { type: 'boolean', default: false },
  'help': { type: 'boolean', default: false },
  'port': { type: 'string' },
  'host': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'behind-proxy': { type: 'boolean', default: false },
  'allow-http': { type: 'boolean', default: false },
  'parent': { type: 'string' },
  'role': { type: 'string' },
  'node': { type: 'string' },
  'password-file': { type: 'string' },
} as const

export type Command =
  | { readonly name: 'help' }
  | {
      readonly name: 'start'
      readonly port: number
      readonly host: string
      readonly tls: { readonly cert: string; readonly key: string } | null
      readonly behindProxy: boolean
    }
  | { readonly name: 'unit add'; readonly code: string; readonly title: string; readonly parent: string | null }
  | { readonly name: 'enrol-code'; readonly code: string }
  | { readonly name: 'devices' }
  | { readonly name: 'revoke'; readonly device: string }
  | {
      readonly name: 'user add'
      readonly user: string
      readonly role: Role
      readonly node: string
      readonly passwordFile: string | null
    }

export interface CommandLine {
  readonly command: Command
  readonly dataDir: string
  readonly json: boolean
}

/** The port of a server that was not told one: always the same, because desks write it down. */
const PORT = 8371
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Reads the arguments. Throws UsageError with a sentence. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args)
  const dataDir =
    values.data ?? `${dataFolder({ platform: process.platform, env: process.env, home: homedir() }, false)}-city`
  return { command: values.help ? { name: 'help' } : readCommand(positionals, values), dataDir, json: values.json }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
type Values = ReturnType<typeof parsed>['values']

function readCommand(words: readonly string[], values: Values): Command {
  const [first, ...rest] = words
  const [name, given] =
    first === 'unit' || first === 'user' ? [`${first} ${rest[0] ?? ''}`.trim(), rest.slice(1)] : [first, rest]
  switch (name) {
    case 'start':
      return take(given, 0, () => readStart(values))
    case 'unit add':
      return take(given, 2, (code, title) => ({ name, code, title, parent: values.parent ?? null }))
    case 'enrol-code':
      return take(given, 1, (code) => ({ name, code }))
    case 'devices':
      return take(given, 0, () => ({ name }))
    case 'revoke':
      return take(given, 1, (device) => ({ name, device }))
    case 'user add':
      return take(given, 1, (user) => readUser(user, values))
    default:
      throw new UsageError(name === undefined ? '缺少命令' : `没有这个命令：${name}`)
  }
}

function take(given: readonly string[], count: number, make: (...given: [string, string]) => Command): Command {
  if (given.length !== count || given.includes('')) throw new UsageError('参数个数不对')
  return make(...(given as [string, string]))
}

function readStart(values: Values): Command {
  const port = values.port === undefined ? PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`端口应为 0 至 65535：${values.port}`)
  const { 'tls-cert': cert, 'tls-key': key, 'behind-proxy': behindProxy } = values
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--tls-cert 和 --tls-key 要一起给出')
  const tls = cert !== undefined && key !== undefined ? { cert, key } : null
  const host = values.host ?? '127.0.0.1'
  if (tls === null && !behindProxy && !values['allow-http'] && !LOOPBACK.has(host)) {
    throw new UsageError(
      '对外提供服务需要证书（--tls-cert、--tls-key）或代理（--behind-proxy）；确需明文时加 --allow-http',
    )
  }
  return { name: 'start', port, host, tls, behindProxy }
}

function readUser(user: string, values: Values): Command {
  const role = ROLES.find((known) => known === values.role)
  if (role === undefined) throw new UsageError(`--role 应为其中之一：${ROLES.join(' ')}`)
  if (values.node === undefined) throw new UsageError('缺少 --node')
  if (user.length > 60) throw new UsageError('名称过长')
  return { name: 'user add', user, role, node: values.node, passwordFile: values['password-file'] ?? null }
}
