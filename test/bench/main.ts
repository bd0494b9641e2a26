import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { createFolders, type Folders } from './fixture.ts'
import type { Figure } from './measure.ts'
import { saveOne } from './w1-save.ts'
import { pushMany } from './w2-push.ts'
import { openAndList } from './w6-open.ts'
import { readMany } from './w7-read.ts'
import { importRoster } from './w8-roster.ts'
import { firstPage } from './w11-first-page.ts'

const WORKLOADS: Readonly<Record<string, (folders: Folders) => Promise<Figure[]>>> = {
  W1: saveOne,
  W2: pushMany,
  W6: openAndList,
  W7: readMany,
  W8: importRoster,
  W11: firstPage,
}

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })
const names = values.only?.split(',') ?? Object.keys(WORKLOADS)
const unknown = names.find((name) => !Object.hasOwn(WORKLOADS, name))
if (unknown) {
  process.stderr.write(`no workload ${unknown}; there are ${Object.keys(WORKLOADS).join(', ')}\n`)
  process.exit(2)
}

const folders = createFolders()
const figures: Figure[] = []
process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}\n\n`)
process.stdout.write(
  '| workload | ours | reference | ratio | floor / aim | | note |\n| --- | --- | --- | --- | --- | --- | --- |\n',
)
try {
  for (const name of names) {
    for (const figure of await WORKLOADS[name]!(folders)) {
      figures.push(figure)
      process.stdout.write(`${rowOf(figure)}\n`)
    }
  }
} finally {
  folders.removeAll()
}
if (values.json) {
  const records = figures.map(({ workload, ours, reference, ratio, unit }) => ({
    workload,
    ours,
    reference,
    ratio,
    unit,
  }))
  writeFileSync(values.json, `${JSON.stringify(records, null, 2)}\n`)
}

function rowOf(figure: Figure): string {
  const { workload, ours, reference, ratio, unit, floor, aim, limit, note } = figure
  const value = limit === 'ratio' ? ratio : ours
  const verdict = value <= aim ? 'meets the aim' : value <= floor ? 'meets the floor' : 'falls short'
  const bound = limit === 'ratio' ? `≤ ${floor} × / ${aim} ×` : `≤ ${floor} / ${aim} ${unit}`
  const text = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toFixed(2))
  return `| ${workload} | ${text(ours)} ${unit} | ${text(reference)} ${unit} | ${ratio.toFixed(2)} | ${bound} | ${verdict} | ${note} |`
}
