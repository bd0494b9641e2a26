import { BrowserWindow, dialog, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Translator } from '../shared/i18n/index.ts'
import { savePdf } from './files.ts'

/** The menu bar: what a page cannot do for itself, and the usual places to find copy and paste. Set anew per language. */
export function setMenu(t: Translator): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(t)))
}

/** No Ctrl N, which means "new on this page" to the page, and no developer tools. */
export const menuTemplate = (t: Translator): MenuItemConstructorOptions[] => [
  {
    label: t('shell:menu.file'),
    submenu: [
      { label: t('shell:menu.print'), accelerator: 'CmdOrCtrl+P', click: () => focused()?.webContents.print() },
      { label: t('shell:menu.savePdf'), click: () => void savePageAsPdf(t) },
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

async function savePageAsPdf(t: Translator): Promise<void> {
  const window = focused()
  if (window === null) return
  try {
    await savePdf(window.webContents, window.getTitle())
  } catch (cause) {
    dialog.showErrorBox(t('shell:pdf.title'), t('shell:pdf.failed', { reason: reasonOf(cause) }))
  }
}

/** The system's own word (`EACCES: permission denied …`) where there is one. */
const reasonOf = (error: unknown): string => {
  const { cause = error } = error as Error
  return cause instanceof Error ? cause.message : String(cause)
}
