import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { write, utils } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESK_PACKAGES } from '../../build/packaged-files.ts'
import { BUILT_SHELL, startBuiltCore } from '../helpers/built-core.ts'
import { PASSPHRASE } from '../helpers/command-line.ts'
import { aKeystore } from '../helpers/keystore.ts'
import { fusesOf, packageWith, readArchive, standInRuntime } from '../helpers/packages.ts'

/**
 * Packages the built shell with electron-builder, as far as that goes without a download: around a stand-in of the
 * runtime, so what comes out is whole but for Electron itself and cannot be started. docs/PACKAGING.md has the rest.
 */
const NEEDS_DOWNLOADS = [
  ['nsis', 'makensis and its plug-ins'],
  ['zip', '7-Zip'],
  ['tar.gz', '7-Zip'],
  ['AppImage', 'its runtime and mksquashfs'],
  ['deb', 'fpm'],
] as const

const folder = mkdtempSync(join(tmpdir(), 'zgt-packages-'))
const output = join(folder, 'out')
const LINUX = join(output, 'linux-unpacked')
const WINDOWS = join(output, 'win-unpacked')
const TARGETS = [
  { name: 'Linux', place: LINUX, program: 'zugongtai', addon: 'linux-x64.node' },
  { name: 'Windows', place: WINDOWS, program: 'zugongtai.exe', addon: 'win32-x64.node' },
]
const archiveIn = (place: string) => readArchive(join(place, 'resources/app.asar'))

beforeAll(async () => {
  for (const [target, tool] of NEEDS_DOWNLOADS) console.log(`SKIPPED packaging ${target}: needs a download (${tool})`)
  const runtime = join(folder, 'electron')
  standInRuntime(runtime)
  const common = ['--x64', `-c.electronDist=${runtime}`, `-c.directories.output=${output}`]
  await packageWith(['--linux', 'dir', '--win', 'dir', ...common])
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(TARGETS)('the package for $name', ({ place, program, addon }) => {
  test('has every fuse as we want it', () => {
    expect(fusesOf(join(place, program))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    })
  })

  test('holds the shell, its core and workers, the page and the icon, as they were built', () => {
    const { files, content } = archiveIn(place)
    const built = globSync('*', { cwd: BUILT_SHELL }).map((name) => `dist/electron/${name}`)
    for (const name of ['main.js', 'preload.cjs', 'core-process.js', 'copy-worker.js', 'read-worker.js'])
      expect(built).toContain(`dist/electron/${name}`)
    const wanted = [...built, 'package.json', 'dist/renderer/index.html', 'build/icons/256x256.png']
    expect(wanted.filter((path) => !files.has(path))).toEqual([])
    expect(content('dist/electron/main.js')).toEqual(readFileSync(join(BUILT_SHELL, 'main.js')))
    const { main, type, scripts, devDependencies } = JSON.parse(content('package.json').toString()) as Manifest
    expect({ main, type, scripts, devDependencies }).toEqual({ main: 'dist/electron/main.js', type: 'module' })
  })

  test('holds the packages that run with their licences, and no other', () => {
    const paths = [...archiveIn(place).files.keys()].filter((path) => path.startsWith('node_modules/'))
    const packages = new Set(paths.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]))
    expect(packages).toEqual(new Set<string | undefined>([...DESK_PACKAGES, 'safer-buffer']))
    for (const name of packages) expect(paths).toContain(`node_modules/${name}/LICENSE`)
    expect(paths.filter((path) => /\.(d\.[cm]?ts|map|md|c|cpp|h|hpp)$/.test(path))).toEqual([])
  })

  test('holds no source, test, document or server of ours', () => {
    const folders = [...archiveIn(place).files.keys()].map((path) => path.split('/')[0])
    expect(new Set(folders)).toEqual(new Set(['build', 'dist', 'node_modules', 'package.json']))
    const console_ = [...archiveIn(place).files.keys()].filter((path) => /renderer\/(assets\/)?console/.test(path))
    expect(console_).toEqual([])
  })

  test('has one compiled addon, its own, beside the archive, and everything else inside', () => {
    const { files } = archiveIn(place)
    const outside = [...files].filter(([, { unpacked }]) => unpacked).map(([path]) => path)
    expect(outside).toEqual([`node_modules/better-sqlite3/prebuilds/${addon}`])
    expect([...files.keys()].filter((path) => path.endsWith('.node'))).toEqual(outside)
    expect(existsSync(join(place, 'resources/app.asar.unpacked', outside[0] ?? ''))).toBe(true)
  })

  test('says of every file what it must hash to', () => {
    const { files, content } = archiveIn(place)
    const wrong = [...files].filter(([path, { integrity }]) => {
      const hash = createHash('sha256').update(content(path)).digest('hex')
      return integrity?.algorithm !== 'SHA256' || integrity.hash !== hash
    })
    expect(wrong.map(([path]) => path)).toEqual([])
  })

  test('comes in two languages', () => {
    expect(new Set(globSync('*', { cwd: join(place, 'locales') }))).toEqual(new Set(['en-US.pak', 'zh-CN.pak']))
  })
})

test('the Windows program has the hash of its archive written into it, and our name and icon', () => {
  const program = readFileSync(join(WINDOWS, 'zugongtai.exe'))
  expect(program.includes(archiveIn(WINDOWS).headHash)).toBe(true)
  expect(program.includes(Buffer.from('镇街组工台', 'utf16le'))).toBe(true)
  expect(program.includes(readFileSync('build/icons/256x256.png'))).toBe(true)
})

test('the packaged core runs with nothing but what is packaged', async () => {
  const place = join(folder, 'installed')
  archiveIn(LINUX).extract(place)
  const core = startBuiltCore(join(folder, 'desk'), aKeystore(), join(place, 'dist/electron'))
  const township = { unitName: '测试镇', unitCode: '371002101', officerName: '张三', passphrase: PASSPHRASE }
  expect(await core.call('desk.init', township)).toMatchObject({ ok: true })
  // Each kind is read by another package.
  for (const bookType of ['xlsx', 'biff8', 'xlsb'] as const) {
    const fileName = bookType === 'biff8' ? 'a.xls' : `a.${bookType}`
    const opened = await core.call('roster.open', { fileName, content: workbook(bookType) })
    expect({ bookType, ...opened }).toMatchObject({ bookType, ok: true, data: { dataRows: 1 } })
  }
  expect(await core.call('cadre.save', { set: { name: '单雄信' } })).toMatchObject({ ok: true })
  expect(await core.call('cadre.list', { text: 'sxx' })).toMatchObject({ ok: true, data: { total: 1 } })
  expect(await core.call('backup.make', {})).toMatchObject({ ok: true, data: { state: 'whole' } })
  expect(await core.close()).toBe(0)
})

interface Manifest {
  readonly main: string
  readonly type: string
  readonly scripts?: unknown
  readonly devDependencies?: unknown
}

function workbook(bookType: 'xlsx' | 'biff8' | 'xlsb'): string {
  const rows = [
    ['姓名', '性别', '出生年月'],
    ['赵一', '男', '1990.01'],
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Sheet1')
  return write(book, { type: 'base64', bookType }) as string
}
