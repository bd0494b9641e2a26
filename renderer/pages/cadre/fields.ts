import { cadre, type CadreField } from '../../../shared/domain/cadre.ts'

/** How a field is typed in. `offered` suggests and takes anything; `choice` is one of a closed set. */
export type FieldKind =
  | 'line'
  | 'area'
  | 'month'
  | 'day'
  | 'whole'
  | 'identity'
  | 'offered'
  | 'tags'
  | 'choice'
  | 'unit'
  | 'resume'
  | 'family'

export const GROUPS = [
  'identity',
  'post',
  'education',
  'political',
  'resume',
  'family',
  'other',
  'appointment',
] as const
export type GroupId = (typeof GROUPS)[number]

/** The cadre file in the order it is filled in and read. Every field but `imported` is in exactly one group. */
export const FIELDS_OF: Readonly<Record<GroupId, readonly CadreField[]>> = {
  identity: [
    'name',
    'sex',
    'birthMonth',
    'identityNumber',
    'ethnicity',
    'nativePlace',
    'birthPlace',
    'healthStatus',
    'phone',
    'address',
  ],
  post: [
    'unitId',
    'rollGroup',
    'postTitle',
    'postSince',
    'leadershipLevel',
    'leadershipLevelSince',
    'rank',
    'rankSince',
    'cadreCategory',
    'staffing',
    'rollState',
    'workStartedOn',
    'technicalTitle',
    'specialty',
    'joinedOn',
    'leftOn',
    'leftReason',
    'sortOrder',
    'tags',
  ],
  education: [
    'fullTimeEducation',
    'fullTimeDegree',
    'fullTimeSchool',
    'fullTimeDegreeSchool',
    'inServiceEducation',
    'inServiceDegree',
    'inServiceSchool',
    'inServiceDegreeSchool',
  ],
  political: ['politicalStatus', 'partyJoined'],
  resume: ['resume'],
  family: ['family'],
  other: ['awardsAndPenalties', 'annualAppraisals', 'note'],
  appointment: [
    'proposedPost',
    'proposedRemoval',
    'appointmentReason',
    'reportingUnit',
    'ageCalculatedOn',
    'formFilledOn',
    'formFilledBy',
    'retirementMonth',
    'retirementAgeBoundary',
  ],
}

const KINDS: Readonly<Partial<Record<CadreField, FieldKind>>> = {
  sex: 'choice',
  rollGroup: 'choice',
  unitId: 'unit',
  identityNumber: 'identity',
  sortOrder: 'whole',
  tags: 'tags',
  resume: 'resume',
  family: 'family',
  birthMonth: 'month',
  workStartedOn: 'month',
  postSince: 'month',
  leadershipLevelSince: 'month',
  rankSince: 'month',
  retirementMonth: 'month',
  joinedOn: 'day',
  leftOn: 'day',
  ageCalculatedOn: 'day',
  formFilledOn: 'day',
  awardsAndPenalties: 'area',
  annualAppraisals: 'area',
  note: 'area',
  appointmentReason: 'area',
  proposedPost: 'area',
  proposedRemoval: 'area',
  ethnicity: 'offered',
  politicalStatus: 'offered',
  healthStatus: 'offered',
  fullTimeEducation: 'offered',
  inServiceEducation: 'offered',
  fullTimeDegree: 'offered',
  inServiceDegree: 'offered',
  cadreCategory: 'offered',
  staffing: 'offered',
  rollState: 'offered',
  leadershipLevel: 'offered',
  rank: 'offered',
  leftReason: 'offered',
  retirementAgeBoundary: 'offered',
}

export const kindOf = (field: CadreField): FieldKind => KINDS[field] ?? 'line'

/** Values that a record shows masked or not at all until they are revealed. */
export const isGuarded = (field: CadreField): boolean => {
  const { sensitivity } = cadre.fields[field]
  return sensitivity === 'masked' || sensitivity === 'restricted'
}
