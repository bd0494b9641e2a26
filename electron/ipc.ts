import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { isHostName } from '../shared/contract/host.ts'
import type { CoreEvent, Reply, Transport } from '../shared/contract/index.ts'
import { answerHost, type HostHandlers } from './host-calls.ts'
import { isOurs } from './ours.ts'

/** The one channel, both ways; preload.ts has the other end. */
const CHANNEL = 'core'

/** Only our own page, in its main frame, may call. Anybody else gets an answer, and that answer is no. */
function isOurPage({ senderFrame: frame }: IpcMainInvokeEvent): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url)
}

/** What may be asked, and with which input, is decided by the contracts: `host.…` here, everything else in the core. */
export function exposeOverIpc(core: Transport, host: HostHandlers): void {
  ipcMain.handle(CHANNEL, (event, name: unknown, input: unknown): Promise<Reply> | Reply => {
    if (!isOurPage(event) || typeof name !== 'string') {
      return { ok: false, code: 'not-allowed', params: { reason: 'sender' } }
    }
    return isHostName(name) ? answerHost(host, name, input, event.sender) : core(name, input)
  })
}

/** Tells the page what the core says of its own accord. */
export function tell(contents: WebContents, event: CoreEvent): void {
  if (!contents.isDestroyed() && isOurs(contents.getURL())) contents.send(CHANNEL, event)
}
