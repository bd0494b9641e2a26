/** A file of the built page: its path under the renderer root, and how a browser may treat it. */
export interface PageFile {
  /** Relative, with `/` between its parts; never leaves the root. */
  readonly path: string
  readonly type: string
  /** Its name holds a hash of its content, so it can be kept for ever. */
  readonly immutable: boolean
}

/** An allow-list: a file of any other kind is not part of the page and is not served. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['css', 'text/css; charset=utf-8'],
  ['html', 'text/html; charset=utf-8'],
  ['ico', 'image/x-icon'],
  ['js', 'text/javascript; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['webmanifest', 'application/manifest+json'],
  ['woff2', 'font/woff2'],
])

/** One part of a path: no empty part, no leading dot (`..`, `.git`), no separator, drive or control character. */
const PART = /^[A-Za-z0-9_@~-][A-Za-z0-9_.@~-]*$/

/**
 * Reads the path of a request as a file of the page, or null when it is none.
 *
 * Decoded once, then every part must look like a name we build. What a file system would resolve is never asked;
 * a symbolic link inside the root is the host's to check.
 */
export function pageFile(pathname: string): PageFile | null {
  const path = pathname === '/' ? 'index.html' : decoded(pathname)?.slice(1)
  if (path === undefined || !path.split('/').every((part) => PART.test(part))) return null
  const type = TYPES.get(path.slice(path.lastIndexOf('.') + 1))
  if (type === undefined) return null
  return { path, type, immutable: path.startsWith('assets/') }
}

function decoded(pathname: string): string | undefined {
  if (!pathname.startsWith('/')) return undefined
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined // a lone `%`
  }
}
