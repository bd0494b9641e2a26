import { writeFile } from 'node:fs/promises'
import { BrowserWindow, dialog, type FileFilter, type Session, type WebContents } from 'electron'
import { Fault } from '../shared/errors.ts'
import type { Translator } from '../shared/i18n/index.ts'
import { isOwnBlob } from './ours.ts'

/** Words at the moment they are needed: the officer may have changed the language since. */
export type Words = () => Translator

/**
 * What the page offers as a file (`saveFile` in renderer/host) is asked for a place with the system's own dialog, and a
 * failure is told: in a browser the download bar does both.
 */
export function offerDownloads(session: Session, words: Words): void {
  session.on('will-download', (_, item) => {
    if (!isOwnBlob(item.getURL())) return // security.ts has refused it
    const name = safeFileName(item.getFilename())
    item.setSaveDialogOptions({
      defaultPath: name,
      filters: filtersFor(name),
      properties: ['showOverwriteConfirmation'],
    })
    item.once('done', (_done, state) => {
      if (state !== 'interrupted') return
      const t = words()
      dialog.showErrorBox(t('shell:save.title'), t('shell:save.failed'))
    })
  })
}

/** Prints the page as it would come out on paper into a file; false when the officer chose no place for it. */
export async function savePdf(contents: WebContents, fileName: string): Promise<boolean> {
  const window = BrowserWindow.fromWebContents(contents)
  if (window === null) return false
  const pdf = await contents.printToPDF({ preferCSSPageSize: true, printBackground: true })
  const name = safeFileName(fileName)
  const defaultPath = name.toLowerCase().endsWith('.pdf') ? name : `${name}.pdf`
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath,
    filters: filtersFor(defaultPath),
    properties: ['showOverwriteConfirmation'],
  })
  if (canceled || filePath === '') return false
  try {
    await writeFile(filePath, pdf)
  } catch (cause) {
    throw new Fault('file-unwritable', {}, { cause })
  }
  return true
}

/** One name, without a folder and without what Windows takes in none. */
export function safeFileName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what must go
  const plain = name.replaceAll(/[\u0000-\u001f\\/:*?"<>|]/g, '_').replace(/^[. ]+|[. ]+$/g, '')
  return plain === '' ? 'zugongtai' : plain
}

function filtersFor(name: string): FileFilter[] {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  return extension === undefined ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }]
}
