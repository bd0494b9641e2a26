/** The shell: a window for the page and a process for the core. Knows no register and no rule. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import { createTranslator } from '../shared/i18n/index.ts'
import { startCore, type CoreLink } from './core-link.ts'
import { offerDownloads, savePdf } from './files.ts'
import type { HostHandlers } from './host-calls.ts'
import { exposeOverIpc, tell } from './ipc.ts'
import { logTo } from './log.ts'
import { setMenu } from './menu.ts'
import { placeFrom, takeDemoCity } from './place.ts'
import { registerScheme, servePages } from './protocol.ts'
import { keystoreIn } from './secrets.ts'
import { guardNavigation, harden } from './security.ts'
import { bringForward, openWindow } from './window.ts'

/** vite.electron.ts puts everything in one folder, the page next to it; the packages keep this layout. */
const HERE = import.meta.dirname
const PAGES = join(HERE, '../renderer')
const ICON = join(HERE, '../../build/icons/256x256.png')
/** That of the Windows installer, so that a pinned window and its shortcut are one. */
const APP_ID = 'cn.zugongtai.desk'

const place = placeFrom(process.argv, { platform: process.platform, env: process.env, home: homedir() })
// Before the lock, which is kept in this folder: two data folders may be open side by side, one never twice.
const shellFolder = join(place.dir, 'shell')
mkdirSync(shellFolder, { recursive: true, mode: 0o700 })
const log = logTo(join(shellFolder, 'log.txt'))
/** Chinese until the page says which language was chosen on this PC. */
let t = createTranslator('zh-CN')

/** What the page asks of its window. */
const hostHandlers: HostHandlers = {
  'host.savePdf': async ({ fileName }, contents) => ({ saved: await savePdf(contents, fileName) }),
  'host.setLanguage': ({ language }) => {
    t = createTranslator(language)
    setMenu(t)
    return Promise.resolve({})
  },
}

app.setPath('userData', shellFolder)
app.setAppUserModelId(APP_ID)
app.enableSandbox()
registerScheme()
if (app.requestSingleInstanceLock()) void run()
else app.quit()

async function run(): Promise<void> {
  app.on('web-contents-created', (_, contents) => guardNavigation(contents, log))
  await app.whenReady()
  harden(session.defaultSession)
  offerDownloads(session.defaultSession, () => t)
  servePages(session.defaultSession, PAGES)
  setMenu(t)
  const core = startCore({
    entry: join(HERE, 'core-process.js'),
    opening: { ...place, version: app.getVersion(), demoCity: takeDemoCity(process.env) },
    keystore: keystoreIn(join(shellFolder, 'keystore')),
    onEvent: (event) => BrowserWindow.getAllWindows().forEach((window) => tell(window.webContents, event)),
    onCrash: () => log('the core ended unexpectedly'),
    onLost: () => giveUp('core'),
  })
  exposeOverIpc(core.call, hostHandlers)
  endWith(core)
  const preload = join(HERE, 'preload.cjs')
  const window = openWindow({ preload, folder: shellFolder, icon: ICON, onLost: () => giveUp('page') })
  app.on('second-instance', () => {
    if (!window.isDestroyed()) bringForward(window)
  })
}

const GIVEN_UP = {
  core: ['shell:core.title', 'shell:core.gone'],
  page: ['shell:page.title', 'shell:page.gone'],
} as const

function giveUp(what: keyof typeof GIVEN_UP): void {
  log(`the ${what} cannot be kept running`)
  const [title, sentence] = GIVEN_UP[what]
  dialog.showErrorBox(t(title), t(sentence))
  app.quit()
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
