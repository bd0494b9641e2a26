import { zipSync, type Zippable } from 'fflate'
import type { LrmxTarget } from '../../shared/contract/lrmx.ts'
import type { Cadre } from '../../shared/domain/cadre.ts'
import { formOf } from './cadre-to-form.ts'
import { exportLrm } from './lrm-export.ts'
import { exportLrmx } from './lrmx-export.ts'

/** A person with the photo the form needs. */
export interface Exported {
  readonly person: Cadre
  readonly photo: Uint8Array | null
}
export interface ExportFile {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}
type NamedBytes = Omit<ExportFile, 'mediaType'>

/** What file systems refuse in names, and what would make a path of one. */
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\\/:*?"<>|\u0000-\u001f]/g

/** One form as a file of its own; several, or a form whose photo is a second file, as one archive. */
export function exportFiles(people: readonly Exported[], version: LrmxTarget, day: string): ExportFile {
  const taken = new Set<string>()
  const files = people.flatMap((exported) => filesOf(exported, version, freeName(exported.person.name, taken)))
  const [only] = files
  if (files.length === 1) return { ...only!, mediaType: version === 2 ? 'application/octet-stream' : 'application/xml' }
  // Only put together: photos hardly shrink, and packing them would hold up every screen for a second.
  const entries: Zippable = Object.fromEntries(
    files.map(({ fileName, bytes }) => [fileName, [bytes, { level: 0, mtime: `${day}T12:00:00` }]]),
  )
  return {
    fileName: `任免审批表-${day.replaceAll('-', '')}.zip`,
    mediaType: 'application/zip',
    bytes: zipSync(entries),
  }
}

/** `姓名`, `姓名(2)`: namesakes must not overwrite each other. */
function freeName(name: string, taken: Set<string>): string {
  const base = name.replace(UNSAFE, '').replace(/^\.+|[. ]+$/g, '') || '任免审批表'
  let free = base
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${base}(${number})`
  taken.add(free.toLowerCase())
  return free
}

function filesOf({ person, photo }: Exported, version: LrmxTarget, base: string): NamedBytes[] {
  if (version !== 2) {
    return [{ fileName: `${base}.lrmx`, bytes: exportLrmx(formOf(person, photo, version), version) }]
  }
  const { record, photo: beside } = exportLrm(formOf(person, photo, 3))
  const files: NamedBytes[] = [{ fileName: `${base}.lrm`, bytes: record }]
  return beside ? [...files, { fileName: `${base}.${beside.extension}`, bytes: beside.bytes }] : files
}
