import { ledger } from './0001-ledger.ts'
import { registers } from './0002-registers.ts'
import { blob } from './0003-blob.ts'
import { oneLedger } from './0004-one-ledger.ts'
import type { Migration } from './define.ts'

/** Listed by hand: a folder scan does not survive bundling, and order is a decision, not a sort. */
export const migrations: readonly Migration[] = [ledger, registers, blob, oneLedger]
