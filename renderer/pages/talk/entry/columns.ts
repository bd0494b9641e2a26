import { PaperRecord, talk } from '../../../../shared/domain/talk.ts'

/** In the order of the paper registers, which is the order of the talk form. */
export const COLUMNS = [
  'cadre', 'heldOn', 'talker', 'talkType', 'place', 'summary', 'paper', 'stateOfMind', 'needs', 'measures',
] as const // prettier-ignore
export type ColumnId = (typeof COLUMNS)[number]

/** Shown once something stands in them: few registers have them, and a talk needs few fields. */
const SELDOM: readonly ColumnId[] = ['place', 'stateOfMind', 'measures']
export const REQUIRED: readonly ColumnId[] = ['cadre', 'heldOn', 'talker']
/** What many talks of a day have in common. Who it was and what was said is never taken over from another row. */
export const FACTS: readonly ColumnId[] = ['heldOn', 'talker', 'talkType', 'place']
/** Columns with something to choose from. */
export const CHOICES: readonly ColumnId[] = ['cadre', 'talker', 'talkType']

export const shownColumns = (rows: readonly { readonly cells: Readonly<Record<ColumnId, string>> }[]): ColumnId[] =>
  COLUMNS.filter((id) => !SELDOM.includes(id) || rows.some(({ cells }) => cells[id] !== ''))

/** Column of plain text → what the register takes of it. */
export const TEXTS = {
  place: talk.fields.place.schema,
  summary: talk.fields.summary.schema,
  paper: PaperRecord.shape.number,
  stateOfMind: talk.fields.stateOfMind.schema,
  needs: talk.fields.needs.schema,
  measures: talk.fields.measures.schema,
} as const
export type TextColumn = keyof typeof TEXTS
export const TEXT_COLUMNS = Object.keys(TEXTS) as TextColumn[]

/** `unit` has no column on screen; it tells two people of one name apart. */
export type PastedColumn = ColumnId | 'unit'

/** How offices head these columns, besides the words on screen. */
const HEADS: Readonly<Record<PastedColumn, readonly string[]>> = {
  cadre: ['姓名', '谈话对象', '被谈话人', '干部姓名', '谈话对象姓名', '被谈话人姓名', '对象'],
  unit: ['单位', '科室', '部门', '所在单位', '所在科室', '工作单位', '单位职务', '单位及职务', '工作单位及职务'],
  heldOn: ['谈话日期', '谈话时间', '日期', '时间'],
  talker: ['谈话人', '主谈人', '谈话领导', '谈话人姓名', '谈话责任人'],
  talkType: ['谈话类型', '类型', '类别', '谈话类别', '谈话种类'],
  place: ['地点', '谈话地点'],
  summary: ['主要内容', '谈话内容', '内容', '谈话主要内容', '谈话要点', '谈话情况', '内容摘要'],
  paper: ['纸质记录', '另有纸质记录', '纸质记录编号', '记录编号', '档案编号'],
  stateOfMind: ['思想状况', '思想动态', '思想状态'],
  needs: ['诉求', '诉求和意见', '诉求意见', '诉求及意见', '意见', '意见建议', '意见和建议', '意见及建议', '反映问题'],
  measures: ['处理措施', '措施', '解决措施', '帮扶措施', '处理意见'],
}

/** `诉求 / 意见（可不填）` and `诉求意见` are one heading. */
const headKey = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/[([].*$/s, '')
    .replaceAll(/[\s*:、,/]/g, '')
    .toLowerCase()

const BY_HEAD: ReadonlyMap<string, PastedColumn> = new Map(
  Object.entries(HEADS).flatMap(([id, words]) => words.map((word) => [headKey(word), id as PastedColumn] as const)),
)

/** Which column a heading means; `onScreen` are the headings of the page, in whatever language it is shown. */
export const columnOfHead = (written: string, onScreen: Readonly<Record<ColumnId, string>>): PastedColumn | null => {
  const key = headKey(written)
  if (key === '') return null
  return BY_HEAD.get(key) ?? COLUMNS.find((id) => headKey(onScreen[id]) === key) ?? null
}
