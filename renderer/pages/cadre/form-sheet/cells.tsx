import type { CSSProperties, ReactNode } from 'react'
import classes from './form-sheet.module.css'
import { FORM_WORDS as WORDS } from './form-words.ts'

/** Widths in mm. */
export const Columns = ({ widths }: { readonly widths: readonly number[] }) => (
  <colgroup>
    {widths.map((width, at) => (
      <col key={at} style={{ width: `${width}mm` }} />
    ))}
  </colgroup>
)

/** `tall`: upright, beside a high box. */
export const Label = (props: { children: string; rows?: number; tall?: boolean }) => (
  <th rowSpan={props.rows} data-tall={props.tall}>
    {props.children}
  </th>
)

/** A value in a box of so many millimetres; its text is made to fit. */
export function Box(props: { mm: number; span?: number; from?: 'top'; children?: ReactNode }) {
  return (
    <td colSpan={props.span}>
      <div
        className={classes.box}
        data-fit
        data-from={props.from}
        style={{ '--box': `${props.mm}mm` } as CSSProperties}
      >
        <div>{props.children}</div>
      </div>
    </td>
  )
}

/** Three short values beside each other. */
export const Triple = ({
  pairs,
  mm,
}: {
  readonly pairs: readonly (readonly [string, ReactNode])[]
  readonly mm: number
}) => (
  <tr>
    {pairs.map(([label, value]) => [
      <Label key={`${label}-`}>{label}</Label>,
      <Box key={label} mm={mm}>
        {value}
      </Box>,
    ])}
  </tr>
)

/** A post: its label over two columns, its text over all others. */
export const Wide = ({ label, mm, children }: { label: string; mm: number; children: ReactNode }) => (
  <tr>
    <th colSpan={2}>{label}</th>
    <Box mm={mm} span={5}>
      {children}
    </Box>
  </tr>
)

/** A long text of the second page beside its upright label. */
export const Broad = ({ label, mm, children }: { label: string; mm: number; children: ReactNode }) => (
  <tr>
    <Label tall>{label}</Label>
    <Box mm={mm} span={5}>
      {children}
    </Box>
  </tr>
)

/** Room for a seal and a day, which are put by hand. */
export const Signed = () => (
  <div className={classes.signed}>
    <span>{WORDS.seal}</span>
    <span>{WORDS.date}</span>
  </div>
)
