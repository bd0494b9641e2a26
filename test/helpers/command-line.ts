import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const PASSPHRASE = 'Ceshi-2026'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  /** Stops reading after that much, as `head` does. */
  readonly readOnly?: number
}

/** Runs the desk's command line as IT staff do: a process of its own, the passphrase in its environment. */
export async function desk(args: readonly string[], { env = {}, stdin = '', readOnly }: RunOptions = {}): Promise<Run> {
  const child = startNode('server/local/cli.ts', args, { ZGT_PASSPHRASE: PASSPHRASE, ...env })
  child.stdin?.on('error', () => undefined).end(stdin)
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (readOnly !== undefined && stdout.length >= readOnly) child.stdout?.destroy()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

/** The value that `--json` puts on stdout. */
export const valueOf = ({ stdout }: Run): unknown => JSON.parse(stdout)

/** The failure that `--json` puts on stderr. */
export const complaintIn = ({ stderr }: Run) =>
  JSON.parse(stderr) as { code: string; sentence: string; params: Record<string, unknown> }

export interface RunningHost {
  readonly child: ChildProcess
  /** The address it printed, with its launch code. */
  readonly url: string
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts the loopback host as a process of its own and waits for its one line. */
export async function startHostProcess(args: readonly string[]): Promise<RunningHost> {
  const child = startNode('server/local/main.ts', args, {}, ['pipe', 'pipe', 'pipe', 'ipc'])
  // Not `close`: Node never reports it for a child from which the channel was disconnected.
  const ended = new Promise<Awaited<RunningHost['ended']>>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('no stdout'))
    createInterface({ input: child.stdout }).on('line', (line) => resolve(/^listening (\S+)$/.exec(line)?.[1] ?? line))
    child.once('close', (code) => reject(new Error(`the host ended with ${code}: ${stderr}`)))
  })
  return { child, url, ended }
}

function startNode(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  stdio: StdioOptions = 'pipe',
): ChildProcess {
  return spawn(process.execPath, [join(ROOT, file), ...args], { cwd: ROOT, env: { ...process.env, ...env }, stdio })
}

/** A folder of the test's own, and the way to throw it away. */
export function temporaryFolder(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'zgt-test-'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
