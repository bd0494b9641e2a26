import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dataFolder } from '../../shared/data-folder.ts'

/** The data folder of this user on this PC. */
export const defaultFolder = (demo: boolean): string =>
  dataFolder({ platform: process.platform, env: process.env, home: homedir() }, demo)

/** The product's version, as package.json has it. */
export function productVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
