import classes from './form-sheet.module.css'
import { splitLine } from './split-line.ts'

/** 简历 as offices print it: dates in a column of their own, words beside them, whatever else under the words. */
export const ResumeLines = ({ resume }: { readonly resume: string }) =>
  resume
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const [span, words] = splitLine(line)
      return (
        // Printed once: the lines never move.
        <div key={at} className={classes.line}>
          <span>{span}</span>
          <span>{words}</span>
        </div>
      )
    })
