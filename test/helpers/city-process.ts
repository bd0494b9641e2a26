import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface CityProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Runs another command of the city beside the running server; its `--json` answer. */
  run<T>(...args: string[]): Promise<T>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export const CONSOLE_PASSWORD = 'Kongzhitai-2026'

/** Starts the real city server, with its embedded PostgreSQL, as a process of its own. */
export async function startCityProcess(dataDir: string, port = 0): Promise<CityProcess> {
  const child = startNode(['start', '--data', dataDir, '--port', String(port)])
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /^listening (\S+)$/.exec(line)?.[1]
      if (found) resolve(found)
    })
    child.once('close', (code) => reject(new Error(`the city ended with ${code}: ${stderr}`)))
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return {
    url,
    child,
    run: (...args) => runCity(args, dataDir),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

async function runCity<T>(args: readonly string[], dataDir: string): Promise<T> {
  const child = startNode([...args, '--data', dataDir, '--json'])
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`city ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}

const startNode = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(ROOT, 'server/city/cli.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ZGT_PASSWORD: CONSOLE_PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
