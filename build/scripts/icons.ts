/**
 * `node build/scripts/icons.ts`: the program's icons from renderer/icon.svg, our own drawing, into build/icons.
 *
 * The results are committed, since whoever packages needs no browser; run it again when the drawing has changed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { prepareChromium } from './chromium.ts'
import { ROOT } from './install.mjs'

const DRAWING = join(ROOT, 'renderer/icon.svg')
const FOLDER = join(ROOT, 'build/icons')
/** Sizes of the freedesktop icon themes. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
/** Sizes that Windows looks for in an .ico. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256]

/** Red, green, blue, alpha; row by row from the top. */
interface Picture {
  readonly size: number
  readonly pixels: Buffer
}

const pictures = await draw([...new Set([...LINUX_SIZES, ...WINDOWS_SIZES])])
mkdirSync(FOLDER, { recursive: true })
for (const size of LINUX_SIZES) writeFileSync(join(FOLDER, `${size}x${size}.png`), png(pictureOf(size)))
writeFileSync(join(FOLDER, 'icon.ico'), ico(WINDOWS_SIZES.map(pictureOf)))

function pictureOf(size: number): Picture {
  const picture = pictures.find((one) => one.size === size)
  if (picture === undefined) throw new Error(`no picture of ${size}`)
  return picture
}

async function draw(sizes: readonly number[]): Promise<Picture[]> {
  const { executablePath, env } = prepareChromium()
  const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox'] })
  const page = await browser.newPage()
  const drawing = `data:image/svg+xml;base64,${readFileSync(DRAWING).toString('base64')}`
  const drawn: Picture[] = []
  for (const size of sizes) {
    const base64 = await page.evaluate(paint, { drawing, size })
    drawn.push({ size, pixels: Buffer.from(base64, 'base64') })
  }
  await browser.close()
  return drawn
}

/** Runs in the page, so it may name nothing of this file. */
async function paint({ drawing, size }: { drawing: string; size: number }): Promise<string> {
  const { document, Image } = globalThis as unknown as PageWorld
  const image = new Image()
  image.src = drawing
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0, size, size)
  const { data } = context.getImageData(0, 0, size, size)
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''))
}

/** What {@link paint} uses of a page; build/ has no DOM types. */
interface PageWorld {
  readonly Image: new () => { src: string; decode(): Promise<void> }
  readonly document: {
    createElement(name: 'canvas'): {
      getContext(kind: '2d'): {
        drawImage(image: object, x: number, y: number, width: number, height: number): void
        getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray }
      }
    }
  }
}

function png({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8) // 8 bits, with alpha, not interlaced
  const rows = Array.from({ length: size }, (_, y) => [
    Buffer.from([0]), // no filter
    pixels.subarray(y * size * 4, (y + 1) * size * 4),
  ])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = deflateSync(Buffer.concat(rows.flat()), { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** PNG inside for the largest, plain bitmaps for the others: what every Windows and every installer reads. */
function ico(all: readonly Picture[]): Buffer {
  const images = all.map((picture) => (picture.size === 256 ? png(picture) : bitmap(picture)))
  const header = Buffer.alloc(6 + 16 * all.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(all.length, 4)
  let offset = header.length
  all.forEach(({ size }, index) => {
    const entry = 6 + 16 * index
    const length = images[index]?.length ?? 0
    header.set([size % 256, size % 256, 0, 0], entry)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += length
  })
  return Buffer.concat([header, ...images])
}

/** A bitmap of an icon: blue, green, red, alpha, from the bottom up; then a mask, empty because alpha says it all. */
function bitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const rows = Array.from({ length: size }, (_, y) => {
    const row = Buffer.from(pixels.subarray((size - 1 - y) * size * 4, (size - y) * size * 4)).swap32()
    // Now alpha, blue, green, red: alpha goes to the end of each.
    for (let x = 0; x < row.length; x += 4) row.set([row[x + 1] ?? 0, row[x + 2] ?? 0, row[x + 3] ?? 0, row[x] ?? 0], x)
    return row
  })
  return Buffer.concat([header, ...rows, Buffer.alloc(Math.ceil(size / 32) * 4 * size)])
}
