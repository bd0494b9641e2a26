import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Output } from '../../../../shared/contract/index.ts'
import { ageAt, dotted, type Month } from '../../../../shared/domain/dates.ts'
import sheet from '../../../kit/print-sheet.module.css'
import { Box, Broad, Columns, Label, Signed, Triple, Wide } from './cells.tsx'
import { FamilyRows } from './family-rows.tsx'
import { fitTexts } from './fit-texts.ts'
import classes from './form-sheet.module.css'
import { FORM_WORDS as WORDS } from './form-words.ts'
import { ResumeLines } from './resume-lines.tsx'

export type FormOnPaper = Output<'print.cadreForm'>
type Values = FormOnPaper['values']

/** Widths of the columns of the first page in mm; the last one is the photo's. */
const COLUMNS = [18, 25, 19, 25, 22, 29, 34]

/**
 * 干部任免审批表 on A4, two pages as the offices file it (DOMAIN §1.3).
 *
 * Texts that do not fit their box are set smaller, as the form's own editor does, so that two pages stay two pages. For
 * that it must be laid out before it is printed: on the screen it stands aside, unseen.
 */
export function FormSheet({ forms }: { readonly forms: readonly FormOnPaper[] }) {
  const paper = useRef<HTMLElement>(null)
  useLayoutEffect(() => void (paper.current && fitTexts(paper.current)), [forms])
  return createPortal(
    <section ref={paper} className={`${sheet.sheet} ${classes.paper}`} data-testid="print-sheet" lang="zh-CN">
      {forms.map((form, at) => (
        // Printed once: they never move.
        <div key={at} className={classes.person}>
          <FirstPage form={form} />
          <SecondPage form={form} />
        </div>
      ))}
    </section>,
    document.body,
  )
}

function FirstPage({ form: { values, agesOn, photo } }: { readonly form: FormOnPaper }) {
  return (
    <>
      <h1>{WORDS.title}</h1>
      <table className={classes.form}>
        <Columns widths={COLUMNS} />
        <tbody>
          <tr>
            <Label>{WORDS.name}</Label>
            <Box mm={13}>{values.name}</Box>
            <Label>{WORDS.sex}</Label>
            <Box mm={13}>{values.sex && WORDS[values.sex]}</Box>
            <Label>{WORDS.birth}</Label>
            <Box mm={13}>{birthWithAge(values.birthMonth, agesOn)}</Box>
            <td rowSpan={4} className={classes.photo}>
              {photo && <img src={`data:${photo.kind};base64,${photo.content}`} alt="" />}
            </td>
          </tr>
          <Triple mm={13} pairs={[
            [WORDS.ethnicity, values.ethnicity],
            [WORDS.nativePlace, values.nativePlace],
            [WORDS.birthPlace, values.birthPlace],
          ]} />
          <Triple mm={13} pairs={[
            [WORDS.partyJoined, partyText(values.partyJoined)],
            [WORDS.workStarted, values.workStartedOn && dotted(values.workStartedOn)],
            [WORDS.health, values.healthStatus],
          ]} />
          <tr>
            <Label>{WORDS.technicalTitle}</Label>
            <Box mm={13} span={2}>{values.technicalTitle}</Box>
            <Label>{WORDS.specialty}</Label>
            <Box mm={13} span={2}>{values.specialty}</Box>
          </tr>
          <EducationRows values={values} />
          <Wide label={WORDS.post} mm={12}>{values.postTitle}</Wide>
          <Wide label={WORDS.proposedPost} mm={12}>{values.proposedPost}</Wide>
          <Wide label={WORDS.proposedRemoval} mm={12}>{values.proposedRemoval}</Wide>
          <tr>
            <Label tall>{WORDS.resume}</Label>
            <Box mm={122} span={6} from="top"><ResumeLines resume={values.resume ?? ''} /></Box>
          </tr>
        </tbody>
      </table>
    </>
  ) // prettier-ignore
}

/** 学历学位: full-time and in-service, each with its degree and where both were taken. */
function EducationRows({ values }: { readonly values: Values }) {
  const kinds = [
    [WORDS.fullTime, values.fullTimeEducation, values.fullTimeDegree, values.fullTimeSchool, values.fullTimeDegreeSchool],
    [WORDS.inService, values.inServiceEducation, values.inServiceDegree, values.inServiceSchool, values.inServiceDegreeSchool],
  ] as const // prettier-ignore
  return kinds.map(([kind, education, degree, school, degreeSchool], at) => [
    <tr key={kind}>
      {at === 0 && <Label rows={4}>{WORDS.education}</Label>}
      <Label rows={2}>{kind}</Label>
      <Box mm={9} span={2}>{education}</Box>
      <Label rows={2}>{WORDS.school}</Label>
      <Box mm={9} span={2}>{school}</Box>
    </tr>,
    <tr key={`${kind}-degree`}>
      <Box mm={9} span={2}>{degree}</Box>
      <Box mm={9} span={2}>{degreeSchool}</Box>
    </tr>,
  ]) // prettier-ignore
}

function SecondPage({ form: { values, agesOn } }: { readonly form: FormOnPaper }) {
  return (
    <>
      <table className={`${classes.form} ${classes.second}`}>
        <Columns widths={[18, 20, 22, 16, 22, 74]} />
        <tbody>
          <Broad label={WORDS.awards} mm={40}>{values.awardsAndPenalties}</Broad>
          <Broad label={WORDS.appraisals} mm={35}>{values.annualAppraisals}</Broad>
          <Broad label={WORDS.reason} mm={28}>{values.appointmentReason}</Broad>
          <FamilyRows family={values.family ?? []} agesOn={agesOn} mm={84} />
          <tr>
            <Label tall>{WORDS.reportingUnit}</Label>
            <Box mm={24} span={5} from="top">
              {values.reportingUnit}
              <Signed />
            </Box>
          </tr>
          <tr>
            <Label tall>{WORDS.approval}</Label>
            <Box mm={40} span={3}><Signed /></Box>
            <Label tall>{WORDS.government}</Label>
            <Box mm={40}><Signed /></Box>
          </tr>
        </tbody>
      </table>
      <p className={classes.filledBy}>{WORDS.filledBy}{values.formFilledBy}</p>
    </>
  ) // prettier-ignore
}

function birthWithAge(birth: Month | null, agesOn: string): ReactNode {
  if (birth === null) return null
  return (
    <>
      {dotted(birth)}
      <br />（{ageAt(birth, agesOn)}岁）
    </>
  )
}

/** `200108；民建` and `2001-08` are written with a dot between year and month. */
const partyText = (text: string | null): string => (text ?? '').replaceAll(/(?<!\d)(\d{4})-?(\d{2})(?!\d)/g, '$1.$2')
