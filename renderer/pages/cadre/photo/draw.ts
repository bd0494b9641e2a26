import { cutOf, type Crop } from './crop.ts'

/** Twice what the form prints at 300 dpi would be no sharper on paper. */
const WIDTH = 480
const HEIGHT = 600
/** What `cadre.setPhoto` takes. */
const MOST_BYTES = 1024 * 1024
const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.4]

/** Draws the kept part over the whole canvas; a see-through PNG gets the white of the paper. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { left, top, width, height } = cutOf(picture, crop)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height)
}

/** The kept part as a JPEG of at most 1 MB; no larger than the picture itself was. */
export async function jpegOf(picture: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const scale = Math.min(1, cutOf(picture, crop).width / WIDTH)
  canvas.width = Math.max(1, Math.round(WIDTH * scale))
  canvas.height = Math.max(1, Math.round(HEIGHT * scale))
  drawCrop(canvas, picture, crop)
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && blob.size <= MOST_BYTES) return blob
  }
  throw new Error('a photo of 480 × 600 does not fit into 1 MB')
}
