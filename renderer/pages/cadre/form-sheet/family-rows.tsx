import type { FamilyMember } from '../../../../shared/domain/cadre.ts'
import { ageAt, type LocalDate } from '../../../../shared/domain/dates.ts'
import { monthOf } from '../../../../shared/domain/month-text.ts'
import { Box, Label } from './cells.tsx'
import { FORM_WORDS as WORDS } from './form-words.ts'

/** Lines the form has for them; more share the same height. */
const USUAL_ROWS = 7
const HEAD_MM = 9
const DECEASED = /已去世|已故|病故/

/** 家庭主要成员及重要社会关系. Who died has no age any more. */
export function FamilyRows({
  family,
  agesOn,
  mm,
}: {
  readonly family: readonly FamilyMember[]
  readonly agesOn: LocalDate
  readonly mm: number
}) {
  const count = Math.max(USUAL_ROWS, family.length)
  const height = (mm - HEAD_MM) / count
  return (
    <>
      <tr>
        <Label tall rows={count + 1}>
          {WORDS.family}
        </Label>
        {[WORDS.relation, WORDS.name, WORDS.age, WORDS.politicalStatus, WORDS.employer].map((head) => (
          <th key={head} style={{ height: `${HEAD_MM}mm` }}>
            {head}
          </th>
        ))}
      </tr>
      {Array.from({ length: count }, (_, row) => {
        const member = family[row]
        return (
          // Printed once: the lines never move.
          <tr key={row}>
            {[
              member?.relation,
              member?.name,
              member && ageOf(member, agesOn),
              member?.politicalStatus,
              member?.post,
            ].map((value, at) => (
              <Box key={at} mm={height}>
                {value}
              </Box>
            ))}
          </tr>
        )
      })}
    </>
  )
}

function ageOf({ birthMonth, post }: FamilyMember, agesOn: LocalDate): number | null {
  const month = birthMonth === null || DECEASED.test(post ?? '') ? null : monthOf(birthMonth)
  return month === null ? null : ageAt(month, agesOn)
}
