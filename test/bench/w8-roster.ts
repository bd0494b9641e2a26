import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { writeXlsx } from 'hucre'
import { cadre } from '../../shared/domain/cadre.ts'
import { benchDesk, type Folders } from './fixture.ts'
import { assertSame, sideBySide, timed, type Figure } from './measure.ts'
import { benchCadre } from './township.ts'

const ROWS = 10_000
const HEADERS = [
  '序号', '姓名', '性别', '出生年月', '身份证号', '民族', '籍贯', '政治面貌', '入党时间', '参加工作时间', '健康状况', '专业技术职务', '熟悉专业有何专长',
  '全日制学历', '全日制学位', '全日制毕业院校及专业', '在职学历', '在职学位', '在职毕业院校及专业', '现任职务', '任现职时间', '职级', '任现职级时间',
  '人员类别', '编制类型', '联系电话', '备注', '党支部', '住址', '特长',
] // prettier-ignore

/** W8: a roster of 10,000 rows × 30 columns, dry run and import into an encrypted database, against the reader alone. */
export async function importRoster(folders: Folders): Promise<Figure[]> {
  const file = await rosterFile()
  const content = Buffer.from(file).toString('base64')
  let last = 0
  const { ours, reference } = await sideBySide(
    async () => {
      const { desk, call } = await benchDesk(folders.make())
      const ms = await timed(async () => {
        const { importId, columns } = await call('roster.open', { fileName: '花名册.xlsx', content })
        assertSame('columns mapped', mappedAtLeast(columns), true)
        await call('roster.check', { importId })
        last = (await call('roster.import', { importId })).added
      })
      assertSame('people added', last, ROWS)
      await desk.close()
      return ms
    },
    () => timed(async () => assertSame('rows read', await readInWorker(file), ROWS + 1)),
  )
  const note = `${ROWS} rows × ${HEADERS.length} columns; reference: hucre reading the same file in a fresh worker, as the desk does`
  return [
    {
      workload: 'W8 roster dry run + import',
      ours,
      reference,
      ratio: ours / reference,
      unit: 'ms',
      floor: 4,
      aim: 2,
      limit: 'ratio',
      note,
    },
  ]
}

const READER = `
  import { parentPort, workerData } from 'node:worker_threads'
  import { readXlsx } from 'hucre'
  parentPort.postMessage((await readXlsx(workerData)).sheets[0].rows.length)`

/** Rows of the file as the reader library finds them, in a worker that did nothing before: an import is never warm. */
async function readInWorker(file: Uint8Array): Promise<number> {
  const source = new URL(
    `data:text/javascript,${encodeURIComponent(READER.replaceAll("'hucre'", JSON.stringify(import.meta.resolve('hucre'))))}`,
  )
  const worker = new Worker(source, { workerData: file })
  const [rows] = (await once(worker, 'message')) as [number]
  await worker.terminate()
  return rows
}

async function rosterFile(): Promise<Uint8Array> {
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const c = benchCadre(n)
    return [
      n + 1, `${c.name}${n}`, c.sex === 'male' ? '男' : '女', c.birthMonth?.replace('-', '.'), c.identityNumber, c.ethnicity, c.nativePlace, c.politicalStatus,
      '2006.06', '1999.08', '健康', '工程师', '基层党建', '大学', '理学学士', '山东某大学数学系', '研究生', '硕士', '省委党校经济管理', c.postTitle,
      '2015.03', c.rank, '2019.06', c.cadreCategory, '行政编制', c.phone, '备注文字', '机关支部', '试验路1号', '书法',
    ] // prettier-ignore
  })
  return writeXlsx({ sheets: [{ name: '花名册', rows: [HEADERS, ...rows] as never }] })
}

/** The roster must fill real fields, or the figure would be of a smaller job. */
const mappedAtLeast = (columns: readonly { field: string | null }[]): boolean =>
  columns.filter((column) => column.field !== null && Object.hasOwn(cadre.fields, column.field)).length >= 20
