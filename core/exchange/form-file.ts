import { Fault } from '../../shared/errors.ts'
import type { LrmxProblem, LrmxProblemCode } from '../../shared/contract/lrmx.ts'
import { readForm, type FormReading } from './form-to-cadre.ts'
import { parseLrm } from './lrm-parse.ts'
import { formKindOf, MAX_FORM_BYTES, parseLrmx } from './lrmx-parse.ts'
import type { LrmxPerson, ParsedForm } from './lrmx-person.ts'
import { photoKindOf } from './photo-kind.ts'

/** A file somebody chose, as it came. */
export interface ChosenFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** One file of an import: a form and what it says, or the reason why it is none. */
export interface FormFile {
  readonly index: number
  readonly fileName: string
  readonly kind: 'lrmx' | 'lrm' | null
  readonly form: { readonly person: LrmxPerson; readonly reading: FormReading } | null
  /** Why there is no form; empty where there is one. */
  readonly problems: readonly LrmxProblem[]
}

const PHOTO_NAME = /\.(?:pic|jpe?g|png)$/i
/** Faults of a file that belong to it alone: the other files of the same import are read all the same. */
const OF_THE_FILE: readonly string[] = ['file-empty', 'file-kind', 'file-too-large', 'file-unreadable']

/** Name without its last extension, in small letters: a form and its photo share it. */
const baseOf = (fileName: string): string => fileName.replace(/\.[^.]*$/, '').toLowerCase()
const isPhoto = ({ fileName, bytes }: ChosenFile): boolean => PHOTO_NAME.test(fileName) || photoKindOf(bytes) !== null

/** Reads the files of one choice. Photos go to the .lrm of their name and are no files of their own then. */
export function readFormFiles(chosen: readonly ChosenFile[], firstIndex: number): FormFile[] {
  const photos = new Map(chosen.filter(isPhoto).map((file) => [baseOf(file.fileName), file]))
  const forms = chosen.filter((file) => !isPhoto(file))
  const taken = new Set<ChosenFile>()
  const read = forms.map((file) => {
    const kind = formKindOf(file.bytes)
    const photo = kind === 'lrm' ? photos.get(baseOf(file.fileName)) : undefined
    if (photo) taken.add(photo)
    return fileOf(file, kind, photo?.bytes ?? null)
  })
  const alone = chosen.filter((file) => isPhoto(file) && !taken.has(file))
  const all = [...read, ...alone.map(({ fileName }) => refused(fileName, null, 'photo-alone', {}))]
  return all.map((file, at) => ({ ...file, index: firstIndex + at }))
}

type Read = Omit<FormFile, 'index'>

function fileOf({ fileName, bytes }: ChosenFile, kind: FormFile['kind'], photo: Uint8Array | null): Read {
  try {
    const parsed = parsedForm(bytes, kind, photo)
    return {
      fileName,
      kind,
      form: { person: parsed.person, reading: readForm(parsed.person, parsed.problems) },
      problems: [],
    }
  } catch (cause) {
    if (!(cause instanceof Fault) || !OF_THE_FILE.includes(cause.code)) throw cause
    const { reason = '', limitMb = MAX_FORM_BYTES / 1024 / 1024 } = cause.params
    return refused(fileName, kind, cause.code as LrmxProblemCode, { reason: String(reason), limitMb: Number(limitMb) })
  }
}

function parsedForm(bytes: Uint8Array, kind: FormFile['kind'], photo: Uint8Array | null): ParsedForm {
  return kind === 'lrm' ? parseLrm(bytes, photo) : parseLrmx(bytes)
}

const refused = (
  fileName: string,
  kind: FormFile['kind'],
  code: LrmxProblemCode,
  params: LrmxProblem['params'],
): Read => ({
  fileName,
  kind,
  form: null,
  problems: [{ code, severity: 'error', element: null, field: null, params }],
})
