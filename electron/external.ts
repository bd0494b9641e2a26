import { shell } from 'electron'
import { EXTERNAL_ORIGINS } from '../shared/external-origins.ts'

/** Whether an address may be handed to the PC's browser. Parsed, never searched; no name or password may ride along. */
export function mayOpenOutside(address: string, origins: readonly string[] = EXTERNAL_ORIGINS): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, origin, username, password } = new URL(address)
  return protocol === 'https:' && username === '' && password === '' && origins.includes(origin)
}

/**
 * Opens an address in the PC's browser if its origin is listed; anything else is refused and logged.
 *
 * The log names scheme and host only: what follows may hold a person's data.
 */
export function openOutside(address: string, log: (line: string) => void, origins?: readonly string[]): void {
  if (mayOpenOutside(address, origins)) return void shell.openExternal(address)
  const { protocol = '', host = '' } = URL.canParse(address) ? new URL(address) : {}
  log(`refused to open ${protocol}//${host} outside`)
}
