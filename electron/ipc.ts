import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { CoreEvent, Reply, Transport } from '../shared/contract/index.ts'
import { isOurs } from './ours.ts'

/** The one channel, both ways; preload.ts has the other end. */
const CHANNEL = 'core'

/** Only our own page, in its main frame, may call. Anybody else gets an answer, and that answer is no. */
function isOurPage({ senderFrame: frame }: IpcMainInvokeEvent): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url)
}

/** What may be asked, and with which input, is decided by the contract on the other side. */
export function exposeOverIpc(transport: Transport): void {
  ipcMain.handle(CHANNEL, (event, name: unknown, input: unknown): Promise<Reply> | Reply =>
    isOurPage(event) && typeof name === 'string'
      ? transport(name, input)
      : { ok: false, code: 'not-allowed', params: { reason: 'sender' } },
  )
}

/** Tells the page what the core says of its own accord. */
export function tell(contents: WebContents, event: CoreEvent): void {
  if (!contents.isDestroyed() && isOurs(contents.getURL())) contents.send(CHANNEL, event)
}
