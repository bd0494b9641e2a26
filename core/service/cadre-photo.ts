import { cadre } from '../../shared/domain/cadre.ts'
import { MAX_CROPPED_PHOTO_BYTES } from '../../shared/contract/cadre.ts'
import { Fault } from '../../shared/errors.ts'
import { findBlob, putBlob } from '../../db/repo/blob.ts'
import { getRecord } from '../../db/repo/record.ts'
import { photoKindOf } from '../exchange/photo-kind.ts'
import type { CommandCtx, Handlers } from '../handler.ts'
import { saveRecord } from './save.ts'

export const cadrePhotoService: Pick<Handlers, 'cadre.photo' | 'cadre.setPhoto'> = {
  'cadre.photo': async ({ db }, { id }) => {
    const { photo } = await getRecord(db, cadre, id)
    const blob = photo === null ? null : await findBlob(db, photo)
    return blob ? { kind: blob.kind, content: blob.bytes.toString('base64') } : { kind: null, content: null }
  },

  'cadre.setPhoto': async (ctx, { id, version, content }) => {
    const photo = content === null ? null : await storePhoto(ctx, Buffer.from(content, 'base64'))
    const record = await saveRecord(ctx, cadre, { id, version, set: { photo } })
    return { id: record.id, version: record.version }
  },
}

/** By content, never by name: what is shown as a picture must be one. */
function storePhoto({ tx, at }: CommandCtx, bytes: Buffer): Promise<string> {
  if (bytes.length === 0) throw new Fault('file-empty')
  if (bytes.length > MAX_CROPPED_PHOTO_BYTES)
    throw new Fault('file-too-large', { limitMb: MAX_CROPPED_PHOTO_BYTES / 1024 / 1024 })
  const kind = photoKindOf(bytes)
  if (kind === null) throw new Fault('photo-kind')
  return putBlob(tx, bytes, kind, at)
}
