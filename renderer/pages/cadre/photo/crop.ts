/** Width to height of the photo on a 任免审批表. */
export const ASPECT = 4 / 5
const DEEPEST_ZOOM = 8

export interface Size {
  readonly width: number
  readonly height: number
}
/** What is cut out: how deep, and around which point of the picture. */
export interface Crop {
  /** 1 shows as much of the picture as 4:5 allows. */
  readonly zoom: number
  readonly x: number
  readonly y: number
}
export interface Cut extends Size {
  readonly left: number
  readonly top: number
}

/** As much as fits; from a standing picture its upper part, where the face is. */
export const firstCrop = (picture: Size): Crop => inside(picture, { zoom: 1, x: picture.width / 2, y: 0 })

/** The rectangle of the picture that is kept, always 4:5 and never beyond its edge. */
export function cutOf(picture: Size, { zoom, x, y }: Crop): Cut {
  const width = Math.min(picture.width, picture.height * ASPECT) / zoom
  const height = width / ASPECT
  return { width, height, left: x - width / 2, top: y - height / 2 }
}

/** Moved by shares of what is shown: a whole one to the right is `1, 0`. */
export function moved(picture: Size, crop: Crop, right: number, down: number): Crop {
  const { width, height } = cutOf(picture, crop)
  return inside(picture, { ...crop, x: crop.x + right * width, y: crop.y + down * height })
}

/** Zoomed to a depth between the whole and {@link DEEPEST_ZOOM} times. */
export const zoomed = (picture: Size, crop: Crop, zoom: number): Crop =>
  inside(picture, { ...crop, zoom: Math.min(DEEPEST_ZOOM, Math.max(1, zoom)) })

function inside(picture: Size, crop: Crop): Crop {
  const { width, height } = cutOf(picture, crop)
  const clamped = (value: number, half: number, end: number): number => Math.min(end - half, Math.max(half, value))
  return {
    zoom: crop.zoom,
    x: clamped(crop.x, width / 2, picture.width),
    y: clamped(crop.y, height / 2, picture.height),
  }
}
