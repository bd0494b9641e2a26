import cli from './cli.json' with { type: 'json' }
import console from './console.json' with { type: 'json' }
import { page } from './page.ts'
import shell from './shell.json' with { type: 'json' }

/** Complete, or the build says what is missing. */
export const english = { ...page, cli, console, shell }
