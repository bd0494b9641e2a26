import { open, unlink } from 'node:fs/promises'
import { LRMX_VERSIONS, type LrmxTarget } from '../../../shared/contract/lrmx.ts'
import type { Translator } from '../../../shared/i18n/index.ts'
import type { Options } from '../arguments.ts'
import type { Command } from '../command.ts'
import { LocalFault, UsageError } from '../complaint.ts'
import { withOfficer } from '../sign-in.ts'

/** `export lrmx --cadre ID FILE`: one person as .lrmx, several (`--cadre` again) as .zip. The purpose is written down. */
export const exportLrmxCommand: Command = {
  name: 'export lrmx',
  takes: ['cadre', 'version', 'purpose', 'officer', 'passphrase-file'],
  words: [1, 1],
  run: async (context) => {
    const [file = ''] = context.words
    const input = {
      cadreIds: cadresFrom(context.options),
      ...versionFrom(context.options),
      ...purposeFrom(context.options),
    }
    const { t } = context
    return withNewFile(file, (write) =>
      withOfficer(context, async (call) => {
        const { fileName, content, people } = await call('lrmx.export', input)
        await write(Buffer.from(content, 'base64'))
        return {
          value: { file, fileName, people },
          lines: [t('cli:lrmx.exported', { file, people }), t('lrmx:export.warning')],
        }
      }),
    )
  },
}

function cadresFrom({ cadre = [] }: Options): string[] {
  if (cadre.length === 0) throw new UsageError((t) => t('cli:usage.missing', { option: '--cadre' }))
  return cadre
}

function versionFrom({ version }: Options): { version?: LrmxTarget } {
  if (version === undefined) return {}
  const known = LRMX_VERSIONS.find((one) => String(one) === version)
  if (known === undefined) throw new UsageError((t) => t('cli:usage.version'))
  return { version: known }
}

function purposeFrom({ purpose = '' }: Options): { purpose: string } {
  if (purpose.trim().length < 2) throw new UsageError((t) => t('cli:usage.purpose'))
  return { purpose }
}

/**
 * Makes the file before anything is exported into it: what cannot be written must not stand in the access log as given out.
 *
 * Never over a file that is there: it may be the original the export was made from.
 */
async function withNewFile<T>(
  file: string,
  work: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T> {
  const handle = await open(file, 'wx').catch((cause: unknown) => {
    throw unwritable(file, cause)
  })
  try {
    return await work(async (bytes) => handle.writeFile(bytes))
  } catch (cause) {
    await unlink(file)
    throw cause
  } finally {
    await handle.close()
  }
}

function unwritable(file: string, cause: unknown): LocalFault {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  const sentence = (t: Translator): string =>
    code === 'EEXIST' ? t('cli:file.exists', { file }) : t('cli:file.unwritable', { file, code })
  return new LocalFault('file-unwritable', { file }, sentence, { cause })
}
