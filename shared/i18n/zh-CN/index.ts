import cli from './cli.json' with { type: 'json' }
import console from './console.json' with { type: 'json' }
import { page } from './page.ts'
import shell from './shell.json' with { type: 'json' }

/** The source language: its keys are the only keys there are. */
export const chinese = { ...page, cli, console, shell }
