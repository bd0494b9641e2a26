import * as z from 'zod'
import { LANGUAGES } from '../i18n/language.ts'

/**
 * What a page may ask of the window it runs in, where that is more than a browser's.
 *
 * Answered by the shell and never passed on to the core; the loopback host knows none of it, since a browser does these
 * things itself. Same wire, same replies as {@link contract}.
 */
export const hostContract = {
  /** Prints the page into a PDF at a place the officer chooses; `saved` is false when none was chosen. */
  'host.savePdf': {
    input: z.object({ fileName: z.string().trim().min(1).max(120) }),
    output: z.object({ saved: z.boolean() }),
  },
  /** The page's language, for the menu and the dialogs. */
  'host.setLanguage': { input: z.object({ language: z.enum(LANGUAGES) }), output: z.object({}) },
}

type HostContract = typeof hostContract
export type HostName = keyof HostContract
export type HostInput<N extends HostName> = z.output<HostContract[N]['input']>
export type HostOutput<N extends HostName> = z.output<HostContract[N]['output']>

/** True for what the shell answers itself. */
export const isHostName = (name: string): name is HostName => Object.hasOwn(hostContract, name)
