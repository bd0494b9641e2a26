import type { CoreEvent, Reply } from '../shared/contract/index.ts'

/** What the main process sends to the core's process. `open` is the first, `close` the last. */
export type ToCore =
  | { readonly kind: 'open'; readonly dir: string; readonly version: string }
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'close' }

/** What comes back. That the core has closed shows by the end of its process. */
export type FromCore =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'event'; readonly event: CoreEvent }
