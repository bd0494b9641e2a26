import { writeFile } from 'node:fs/promises'
import { BrowserWindow, dialog, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Translator } from '../shared/i18n/index.ts'

/** The menu bar: what a page cannot do for itself, and the usual places to find copy and paste. */
export function setMenu(t: Translator): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(t)))
}

/** No Ctrl N, which means "new on this page" to the page, and no developer tools. */
export const menuTemplate = (t: Translator): MenuItemConstructorOptions[] => [
  {
    label: t('shell:menu.file'),
    submenu: [
      { label: t('shell:menu.print'), accelerator: 'CmdOrCtrl+P', click: () => focused()?.webContents.print() },
      { label: t('shell:menu.savePdf'), click: () => void savePdf(t) },
      { type: 'separator' },
      { label: t('shell:menu.quit'), role: 'quit' },
    ],
  },
  {
    label: t('shell:menu.edit'),
    submenu: [
      { label: t('shell:menu.undo'), role: 'undo' },
      { label: t('shell:menu.redo'), role: 'redo' },
      { type: 'separator' },
      { label: t('shell:menu.cut'), role: 'cut' },
      { label: t('shell:menu.copy'), role: 'copy' },
      { label: t('shell:menu.paste'), role: 'paste' },
      { label: t('shell:menu.selectAll'), role: 'selectAll' },
    ],
  },
  {
    label: t('shell:menu.view'),
    submenu: [
      { label: t('shell:menu.reload'), role: 'reload' },
      { type: 'separator' },
      { label: t('shell:menu.zoomIn'), role: 'zoomIn' },
      { label: t('shell:menu.zoomOut'), role: 'zoomOut' },
      { label: t('shell:menu.actualSize'), role: 'resetZoom' },
      { label: t('shell:menu.fullScreen'), role: 'togglefullscreen' },
    ],
  },
]

const focused = (): BrowserWindow | null => BrowserWindow.getFocusedWindow()

/** Prints the page as it would come out on paper, into a file of the officer's choice. */
async function savePdf(t: Translator): Promise<void> {
  const window = focused()
  if (window === null) return
  try {
    const pdf = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true })
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: `${window.getTitle()}.pdf`,
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    })
    if (!canceled) await writeFile(filePath, pdf)
  } catch (cause) {
    dialog.showErrorBox(t('shell:pdf.title'), t('shell:pdf.failed', { reason: (cause as Error).message }))
  }
}
