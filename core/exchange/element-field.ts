import { cadre, type CadreField } from '../../shared/domain/cadre.ts'
import type { TextElement } from './lrmx-person.ts'

/** How an element's text becomes a field's value and back. */
export type Meaning = 'line' | 'month' | 'day' | 'name' | 'sex' | 'ethnicity' | 'identity' | 'party' | 'political'

interface ElementField {
  readonly field: CadreField
  readonly meaning: Meaning
}
const line = (field: CadreField): ElementField => ({ field, meaning: 'line' })
const month = (field: CadreField): ElementField => ({ field, meaning: 'month' })
const day = (field: CadreField): ElementField => ({ field, meaning: 'day' })

/** Where each text element lives in a cadre's file; the version of the editor is nobody's field. */
export const ELEMENT_FIELDS: Readonly<Record<Exclude<TextElement, 'Version'>, ElementField>> = {
  XingMing: { field: 'name', meaning: 'name' },
  XingBie: { field: 'sex', meaning: 'sex' },
  ChuShengNianYue: month('birthMonth'),
  MinZu: { field: 'ethnicity', meaning: 'ethnicity' },
  JiGuan: line('nativePlace'),
  ChuShengDi: line('birthPlace'),
  RuDangShiJian: { field: 'partyJoined', meaning: 'party' },
  CanJiaGongZuoShiJian: month('workStartedOn'),
  DaoLingNianYue: month('retirementMonth'),
  JianKangZhuangKuang: line('healthStatus'),
  ZhuanYeJiShuZhiWu: line('technicalTitle'),
  ShuXiZhuanYeYouHeZhuanChang: line('specialty'),
  QuanRiZhiJiaoYu_XueLi: line('fullTimeEducation'),
  QuanRiZhiJiaoYu_XueWei: line('fullTimeDegree'),
  QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: line('fullTimeSchool'),
  QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: line('fullTimeDegreeSchool'),
  ZaiZhiJiaoYu_XueLi: line('inServiceEducation'),
  ZaiZhiJiaoYu_XueWei: line('inServiceDegree'),
  ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: line('inServiceSchool'),
  ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: line('inServiceDegreeSchool'),
  XianRenZhiWu: line('postTitle'),
  NiRenZhiWu: line('proposedPost'),
  NiMianZhiWu: line('proposedRemoval'),
  JianLi: line('resume'),
  JiangChengQingKuang: line('awardsAndPenalties'),
  NianDuKaoHeJieGuo: line('annualAppraisals'),
  RenMianLiYou: line('appointmentReason'),
  ChengBaoDanWei: line('reportingUnit'),
  GaiGeQianRenZhiNianLingJieXian: line('retirementAgeBoundary'),
  JiSuanNianLingShiJian: day('ageCalculatedOn'),
  TianBiaoShiJian: day('formFilledOn'),
  TianBiaoRen: line('formFilledBy'),
  ShenFenZheng: { field: 'identityNumber', meaning: 'identity' },
  ZhengZhiMianMao: { field: 'politicalStatus', meaning: 'political' },
}
export type FieldElement = keyof typeof ELEMENT_FIELDS
export const FIELD_ELEMENTS = Object.keys(ELEMENT_FIELDS) as FieldElement[]

/** Longest text of a field by its own schema; without limit where it has none. */
export function longestOf(field: CadreField): number {
  const schema = cadre.fields[field].schema as {
    maxLength?: number | null
    unwrap?: () => { maxLength?: number | null }
  }
  return schema.maxLength ?? schema.unwrap?.().maxLength ?? Number.MAX_SAFE_INTEGER
}
