/** Where a program runs; passed in, because this layer knows no Node. */
export interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

const PRODUCT = 'zugongtai'

/**
 * The data folder when none is named; the demo township has its own and never touches the real one.
 *
 * Per user and per PC: on Windows under `Local`, since a roaming profile would copy a database that is in use.
 */
export function dataFolder({ platform, env, home }: Surroundings, demo: boolean): string {
  const name = demo ? `${PRODUCT}-demo` : PRODUCT
  if (platform === 'win32') return `${env['LOCALAPPDATA'] || `${home}\\AppData\\Local`}\\${name}`
  if (platform === 'darwin') return `${home}/Library/Application Support/${name}`
  return `${env['XDG_DATA_HOME'] || `${home}/.local/share`}/${name}`
}
