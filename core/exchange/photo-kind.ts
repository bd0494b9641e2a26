export type PhotoKind = 'image/jpeg' | 'image/png'

/** What a photo in a form may weigh. */
export const MAX_PHOTO_BYTES = 4 * 1024 * 1024

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** JPEG or PNG by the first bytes; null for anything else, whatever its name says. */
export function photoKindOf(bytes: Uint8Array): PhotoKind | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  return PNG.every((byte, index) => bytes[index] === byte) ? 'image/png' : null
}
