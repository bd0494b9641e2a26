const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** True for an address over which files may go: TLS, or this PC itself. Anything else an officer must allow knowingly. */
export const isSecureAddress = (url: { readonly protocol: string; readonly hostname: string }): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
