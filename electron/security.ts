import type { Session, WebContents } from 'electron'
import { openOutside } from './external.ts'
import { isOurs, isOwnBlob } from './ours.ts'

/**
 * Permissions a page of ours may have. Everything else is denied, what a later Chromium invents included.
 *
 * `clipboard-sanitized-write`: the button that copies a recovery code or an error report; text only, on a click.
 */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Closes a session to all that the page does not need: permissions, devices, the network, downloads of others. */
export function harden(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(ALLOWED.has(permission) && isOurs(contents.getURL())),
  )
  session.setPermissionCheckHandler(
    (contents, permission) => contents !== null && ALLOWED.has(permission) && isOurs(contents.getURL()),
  )
  session.setDevicePermissionHandler(() => false)
  // Its dictionaries are a download.
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
  session.on('will-download', (event, item) => {
    if (!isOwnBlob(item.getURL())) event.preventDefault()
  })
}

/** The page loads itself and what it made; only the core talks to the city, and it does not do so through a window. */
function mayLoad(address: string): boolean {
  if (isOurs(address) || isOwnBlob(address)) return true
  return URL.canParse(address) && new URL(address).protocol === 'data:'
}

/** Keeps a page where it is: no other address in it or in a frame of it, no second window, no webview. */
export function guardNavigation(contents: WebContents, log: (line: string) => void): void {
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isOurs(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // A link out opens the PC's browser at most, and a window of ours never.
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, log)
    return { action: 'deny' }
  })
}
