import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A small disk of the test's own. */
export interface Disk {
  readonly dir: string
  /** Mounts it anew, for reading only or for both. */
  remount(mode: 'ro' | 'rw'): void
}

/** A disk of so many KiB in memory, or the reason why there is none here, which the test prints. */
export function aDisk(kib: number): Disk | { readonly skipped: string } {
  if (process.platform !== 'linux') return { skipped: `no tmpfs on ${process.platform}` }
  if (process.getuid?.() !== 0) return { skipped: 'mounting a tmpfs needs root' }
  const dir = mkdtempSync(join(tmpdir(), 'zgt-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k,mode=700`, 'tmpfs', dir], { stdio: 'pipe' })
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    return {
      skipped: `this system lets nobody mount a tmpfs: ${String((error as Error).message).split('\n')[1] ?? ''}`,
    }
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', dir], { stdio: 'pipe' })
    rmSync(dir, { recursive: true, force: true })
  })
  return { dir, remount: (mode) => void execFileSync('mount', ['-o', `remount,${mode}`, dir], { stdio: 'pipe' }) }
}

/** Says why a test has not run; a skip without a reason looks like a success. */
export const sayWhySkipped = (reason: string): boolean => process.stdout.write(`SKIPPED: ${reason}\n`)
