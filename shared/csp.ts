/**
 * What a page of ours may load, whichever host serves it.
 *
 * Nothing inline but the styles Mantine writes under this load's nonce, nothing from elsewhere: a value that slips
 * into the page as HTML stays text. `connect-src 'self'` also means that only the core talks to the city.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const NONCE_META = /(<meta\s+property="csp-nonce"\s+content=")[^"]*(")/

/** Puts the nonce of this response where the page looks for it: `<meta property="csp-nonce" content="">`. */
export const withNonce = (html: string, nonce: string): string =>
  html.replace(NONCE_META, (_, before: string, after: string) => `${before}${nonce}${after}`)
