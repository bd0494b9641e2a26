/** What a page may ask of the window it runs in, the same in Electron and in a browser. */
import { hostContract, type HostInput, type HostName, type HostOutput } from '../../shared/contract/host.ts'
import type { Language } from '../../shared/i18n/language.ts'
import { Fault, isFaultCode, type FaultParams } from '../../shared/errors.ts'

/** Offers the bytes as a file; the browser or Electron asks where to put it, as the officer is used to. */
export function saveFile(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has its own handle on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

const MIME = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  txt: 'text/plain;charset=utf-8',
} as const

/** A file that came as base64 from the core. */
export function saveBase64(fileName: string, content: string, kind: keyof typeof MIME): void {
  saveFile(fileName, new Blob([bytesOfBase64(content)], { type: MIME[kind] }))
}

/** The bytes of what came as base64. */
export const bytesOfBase64 = (content: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(content), (character) => character.charCodeAt(0))

/** A chosen file as base64, for the core to parse. Chunked, because one spread of 40 MB overflows the stack. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const CHUNK = 0x8000
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

export const printPage = (): void => window.print()

/** Whether {@link savePdf} is there: a browser prints to PDF in its own dialog, which {@link printPage} opens. */
export const canSavePdf = (): boolean => window.core !== undefined

/** Saves the page, as it would be printed, at a place the officer chooses; false when none was chosen. */
export const savePdf = async (fileName: string): Promise<boolean> =>
  (await askShell('host.savePdf', { fileName })).saved

/** Tells the shell which language its menu and dialogs should be in; a browser has its own. */
export function tellLanguage(language: Language): void {
  if (window.core) void askShell('host.setLanguage', { language }).catch(() => undefined) // an older shell keeps its own
}

/** What the shell answers itself, over the same bridge as the core's calls. */
async function askShell<N extends HostName>(name: N, input: HostInput<N>): Promise<HostOutput<N>> {
  const reply = await window.core?.call(name, input)
  if (reply?.ok) return hostContract[name].output.parse(reply.data) as HostOutput<N>
  const { code = 'unexpected', params = {} } = reply ?? {}
  throw new Fault(isFaultCode(code) ? code : 'unexpected', params as FaultParams)
}

/** Copies, and says whether it could: a browser may refuse the clipboard. */
export async function copyText(content: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(content)
    return true
  } catch {
    return false
  }
}
