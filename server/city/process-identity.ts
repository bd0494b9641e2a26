import { readFileSync, readlinkSync } from 'node:fs'

/** When the process with that number began, in a form that two processes with the same number do not share. */
export function startOf(pid: number): string | null {
  const stat = statOf(pid)
  return stat === null || stat.state === 'Z' ? null : stat.started
}

/** True while that very process runs. One that ended but was not collected (a zombie) does not. */
export function isAlive(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || (startOf(pid) !== null && (started === null || startOf(pid) === started))
}

/** The folder a process works in; null when it has ended or is not ours to ask. Linux only. */
export function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

function statOf(pid: number): { state: string; started: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold brackets and spaces; what follows the last one has fixed places.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', started: fields[19] ?? '' }
  } catch {
    return null
  }
}
