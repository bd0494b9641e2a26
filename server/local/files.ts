import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { LocalFault } from './complaint.ts'

/** The bytes of a file that was named on the command line. */
export async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** A secret out of a file: its first line, so that an editor's line feed is not part of it. */
export function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

function unreadable(file: string, cause: unknown): LocalFault {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  return new LocalFault(
    'file-unreadable',
    { file },
    (t) => {
      if (code === 'ENOENT') return t('cli:file.absent', { file })
      if (code === 'EISDIR') return t('cli:file.folder', { file })
      return t('cli:file.unreadable', { file, code })
    },
    { cause },
  )
}
