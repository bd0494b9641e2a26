import { createHash } from 'node:crypto'
import { closeSync, cpSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs'
import { join, relative } from 'node:path'
import { temporaryFolder } from './desk.ts'

/** Flips one bit of a file, as a failing disk does. */
export function flip(file: string, offset: number): void {
  const handle = openSync(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, offset)
    writeSync(handle, Buffer.from([byte[0]! ^ 0x10]), 0, 1, offset)
  } finally {
    closeSync(handle)
  }
}

/**
 * Every file below a folder by its path, with what is in it: two of these are equal when not a byte has changed.
 *
 * The lock is left out, it belongs to whoever has the folder.
 */
export function bytesIn(folder: string): Map<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = all.filter((entry) => entry.isFile() && !entry.name.startsWith('desk.lock'))
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]
    }),
  )
}

/** What a killed process or a power cut leaves of an open desk: its files as they are now, the write-ahead log among them. */
export function asAfterCrash(dir: string): string {
  const copy = temporaryFolder()
  cpSync(dir, copy, { recursive: true, filter: (source) => !source.endsWith('-shm') })
  return copy
}

export const sizeOf = (file: string): number => statSync(file).size
