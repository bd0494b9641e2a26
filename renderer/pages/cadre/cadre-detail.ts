import type { Output } from '../../../shared/contract/index.ts'

/** What `cadre.get` answers: the record and what is known around it. */
export type CadreDetail = Output<'cadre.get'>
export type CadreView = CadreDetail['record']
