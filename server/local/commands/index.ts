import type { Command } from '../command.ts'
import { acceptMissingCommand } from './accept-missing.ts'
import { backupCommand } from './backup.ts'
import { callCommand } from './call.ts'
import { contractCommand } from './contract.ts'
import { demoCommand, initCommand } from './init.ts'
import { exportLrmxCommand } from './export-lrmx.ts'
import { importLrmxCommand } from './import-lrmx.ts'
import { importRosterCommand } from './import-roster.ts'
import { recoverCommand } from './recover.ts'
import { recoveryCodeCommand } from './recovery-code.ts'
import { restoreCommand } from './restore.ts'
import { enrolCommand, syncCommand } from './sync.ts'
import { verifyCommand } from './verify.ts'

/** Everything `npm run -s desk` can do; the help text lists the same. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  demoCommand,
  importRosterCommand,
  importLrmxCommand,
  exportLrmxCommand,
  enrolCommand,
  syncCommand,
  verifyCommand,
  contractCommand,
  callCommand,
  backupCommand,
  restoreCommand,
  recoverCommand,
  recoveryCodeCommand,
  acceptMissingCommand,
]
