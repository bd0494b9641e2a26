import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
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

/** For a run of several: rows to stdout, figures to the parent, no heading. */
const CHILD = 'ZGT_BENCH_CHILD'

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })
const names = values.only?.split(',') ?? Object.keys(WORKLOADS)
const unknown = names.find((name) => !Object.hasOwn(WORKLOADS, name))
if (unknown) {
  process.stderr.write(`no workload ${unknown}; there are ${Object.keys(WORKLOADS).join(', ')}\n`)
  process.exit(2)
}
if (process.env[CHILD]) process.send?.(await measured(names[0]!))
else await all()

async function all(): Promise<void> {
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}\n\n`)
  process.stdout.write(
    '| workload | ours | reference | ratio | floor / aim | | note |\n| --- | --- | --- | --- | --- | --- | --- |\n',
  )
  const figures: Figure[] = []
  for (const name of names) figures.push(...(await inProcessOfItsOwn(name)))
  if (!values.json) return
  const records = figures.map(({ workload, ours, reference, ratio, unit }) => ({
    workload,
    ours,
    reference,
    ratio,
    unit,
  }))
  writeFileSync(values.json, `${JSON.stringify(records, null, 2)}\n`)
}

/** What one workload leaves behind, memory and compiled code, is not a matter of the next one's figures. */
async function inProcessOfItsOwn(name: string): Promise<Figure[]> {
  const child = fork(fileURLToPath(import.meta.url), ['--only', name], { env: { ...process.env, [CHILD]: '1' } })
  let figures: Figure[] = []
  child.on('message', (sent) => void (figures = sent as Figure[]))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) process.exit(code ?? 1)
  return figures
}

async function measured(name: string): Promise<Figure[]> {
  const folders = createFolders()
  try {
    const figures = await WORKLOADS[name]!(folders)
    for (const figure of figures) process.stdout.write(`${rowOf(figure)}\n`)
    return figures
  } finally {
    folders.removeAll()
  }
}

function rowOf(figure: Figure): string {
  const { workload, ours, reference, ratio, unit, floor, aim, limit, note } = figure
  const value = limit === 'ratio' ? ratio : ours
  const verdict = value <= aim ? 'meets the aim' : value <= floor ? 'meets the floor' : 'falls short'
  const bound = limit === 'ratio' ? `≤ ${floor} × / ${aim} ×` : `≤ ${floor} / ${aim} ${unit}`
  const text = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toFixed(2))
  return `| ${workload} | ${text(ours)} ${unit} | ${text(reference)} ${unit} | ${ratio.toFixed(2)} | ${bound} | ${verdict} | ${note} |`
}
