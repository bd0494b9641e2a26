import { cadre } from './cadre.ts'
import { officer } from './officer.ts'
import type { Register } from './register.ts'
import { setting } from './setting.ts'
import { talk, talkAssignment } from './talk.ts'
import { unit } from './unit.ts'

/** Every synced register, parents before children: the order in which one command's ops are written (SYNC §5.2-1). */
export const REGISTERS = {
  unit,
  officer,
  setting,
  cadre,
  'talk-assignment': talkAssignment,
  talk,
} as const
export type RegisterName = keyof typeof REGISTERS

/** The register of that name, or undefined: a newer desk may know one that we do not. */
export const registerNamed = (name: string): Register | undefined =>
  Object.hasOwn(REGISTERS, name) ? (REGISTERS[name as RegisterName] as Register) : undefined

const ORDER = new Map(Object.keys(REGISTERS).map((name, index) => [name, index]))
/** Place of a register in {@link REGISTERS}; unknown ones come last. */
export const registerOrder = (name: string): number => ORDER.get(name) ?? ORDER.size
