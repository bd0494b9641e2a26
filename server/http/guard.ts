import type { IncomingMessage } from 'node:http'

/** Why a request is turned away before anything of it is read. */
export type Refusal = 'target' | 'host' | 'origin' | 'site'

/**
 * Looks at where a request comes from; null lets it in.
 *
 * The port is open to every program and every web page on this PC, so being on 127.0.0.1 proves nothing. A foreign
 * page gives itself away by Origin or by fetch metadata. One that rebinds its own name to 127.0.0.1 is same-origin to
 * the browser and gives itself away by Host, which is why that is compared whole: `localhost` is refused as well.
 * Programs of other users send what they like; the bearer keeps those out.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | null {
  const authority = `127.0.0.1:${port}`
  const { host, origin } = request.headersDistinct
  // A proxy's form (`GET http://other/`) names a second host, and one would have to say which of the two counts.
  if (!request.url?.startsWith('/')) return 'target'
  if (host?.length !== 1 || host[0] !== authority) return 'host'
  if (origin !== undefined && (origin.length !== 1 || origin[0] !== `http://${authority}`)) return 'origin'
  return isOwnSite(request) ? null : 'site'
}

/**
 * `none` is the address bar or another program opening a window, which only ever loads pages.
 *
 * `same-site` is another port of 127.0.0.1, so it is a stranger. Browsers before 2020 send nothing.
 */
function isOwnSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin') return true
  return site === 'none' && isPageLoad(request)
}

/** A GET for the page or its files, as opposed to one that needs a bearer. */
export function isPageLoad({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && pathOf(url) !== '/events' && !pathOf(url).startsWith('/api/')
}

/** The path of a request target, without its query. */
export const pathOf = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? ''
