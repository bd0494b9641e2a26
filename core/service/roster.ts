import type { HandlersOf } from '../handler.ts'

// Being written beside this; replaced by the real service before anything is released.
export const rosterService = {} as HandlersOf<'roster'>
