/** Every page of ours has this address; a host name is needed because the scheme is a standard one. */
export const SCHEME = 'app'
const HOST = 'bundle'
export const HOME = `${SCHEME}://${HOST}/index.html`

/**
 * Whether an address is one of our own pages or files.
 *
 * Parsed, never searched: `https://evil.example/?app://bundle/` holds our address too. Protocol and host are compared
 * one by one, since Node gives `'null'` as the origin of a scheme of one's own.
 */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  return protocol === `${SCHEME}:` && host === HOST
}

/** What our page made itself and offers as a file: `blob:app://bundle/…`. */
export function isOwnBlob(address: string): boolean {
  return address.startsWith('blob:') && isOurs(address.slice('blob:'.length))
}
