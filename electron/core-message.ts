import type { CoreEvent, Reply } from '../shared/contract/index.ts'

/** Which folder, and whether it is the made-up one that opens by itself. */
export interface Opening {
  readonly dir: string
  readonly version: string
  readonly demo: boolean
}

/** What the main process sends to the core's process. `open` is the first, `close` the last. */
export type ToCore =
  | ({ readonly kind: 'open' } & Opening)
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'close' }

/** What comes back. That the core has closed shows by the end of its process. */
export type FromCore =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'event'; readonly event: CoreEvent }
