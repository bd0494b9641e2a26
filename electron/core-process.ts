/** The core in a process of its own: an import or a long query never holds up the window, nor a crash of it. */
import type {} from 'electron'
import { openDesk } from '../core/desk.ts'
import { serveCore } from './core-server.ts'

serveCore(process.parentPort, openDesk, () => process.exit(0))
