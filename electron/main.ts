/** The shell: a window for the page and a process for the core. Knows no register and no rule. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, BrowserWindow, dialog, session } from 'electron'
import { dataFolder } from '../shared/data-folder.ts'
import { createTranslator } from '../shared/i18n/index.ts'
import { startCore, type CoreLink } from './core-link.ts'
import { exposeOverIpc, tell } from './ipc.ts'
import { setMenu } from './menu.ts'
import { registerScheme, servePages } from './protocol.ts'
import { guardNavigation, harden } from './security.ts'
import { bringForward, openWindow } from './window.ts'

/** vite.electron.ts puts everything in one folder, the page next to it. */
const HERE = import.meta.dirname
const PAGES = join(HERE, '../renderer')

const place = placeFrom(process.argv)
// Before the lock, which is kept in this folder: two data folders may be open side by side, one never twice.
const shellFolder = join(place.dir, 'shell')
mkdirSync(shellFolder, { recursive: true, mode: 0o700 })
app.setPath('userData', shellFolder)
app.enableSandbox()
registerScheme()
if (app.requestSingleInstanceLock()) void run()
else app.quit()

async function run(): Promise<void> {
  app.on('web-contents-created', (_, contents) => guardNavigation(contents))
  await app.whenReady()
  const t = createTranslator(app.getLocale().startsWith('en') ? 'en' : 'zh-CN')
  harden(session.defaultSession)
  servePages(session.defaultSession, PAGES)
  setMenu(t)
  const core = startCore({
    entry: join(HERE, 'core-process.js'),
    opening: { ...place, version: app.getVersion() },
    onEvent: (event) => BrowserWindow.getAllWindows().forEach((window) => tell(window.webContents, event)),
    onLost: () => {
      dialog.showErrorBox(t('shell:core.title'), t('shell:core.gone'))
      app.quit()
    },
  })
  exposeOverIpc(core.call)
  endWith(core)
  const window = openWindow(join(HERE, 'preload.cjs'))
  app.on('second-instance', () => {
    if (!window.isDestroyed()) bringForward(window)
  })
}

/** Whichever way the end comes, the core closes first; `core.close` has its own time limit. */
function endWith(core: CoreLink): void {
  let closing = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    void core.close().finally(() => app.exit(0))
  })
}

/** `--data DIR` and `--demo`, as the loopback host has them; Chromium's own switches pass by. */
function placeFrom(args: readonly string[]): { dir: string; demo: boolean } {
  const options = { data: { type: 'string' }, demo: { type: 'boolean' } } as const
  const { values } = parseArgs({ args: args.slice(1), options, strict: false })
  const demo = values.demo === true
  if (typeof values.data === 'string' && values.data !== '') return { dir: values.data, demo }
  return { dir: dataFolder({ platform: process.platform, env: process.env, home: homedir() }, demo), demo }
}
