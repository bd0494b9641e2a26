import type { CoreEvent, Reply } from '../shared/contract/index.ts'

/** Which folder, and whether it is the made-up one that opens by itself. */
export interface Opening {
  readonly dir: string
  readonly version: string
  readonly demo: boolean
  /** The city server beside the made-up township and a one-time code for it, where whoever started us runs one. */
  readonly demoCity: { readonly url: string; readonly code: string } | null
}

/** What the core may ask of the operating system's key store, which only the main process reaches. */
export type KeystoreQuestion =
  | { readonly ask: 'obstacle' }
  | { readonly ask: 'keep'; readonly officerId: string; readonly secret: string }
  | { readonly ask: 'read' | 'forget'; readonly officerId: string }

/** What the main process sends to the core's process. `open` is the first, `close` the last. */
export type ToCore =
  | ({ readonly kind: 'open' } & Opening)
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'keystore'; readonly id: number; readonly answer: string | boolean | null }
  | { readonly kind: 'close' }

/** What comes back. That the core has closed shows by the end of its process. */
export type FromCore =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'event'; readonly event: CoreEvent }
  | { readonly kind: 'keystore'; readonly id: number; readonly question: KeystoreQuestion }
