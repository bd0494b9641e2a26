import type { Cadre } from '../domain/cadre.ts'
import { dotted } from '../domain/dates.ts'
import { parseResume, resumeBreaks } from '../domain/resume.ts'
import { finding, type Finding } from './finding.ts'

/**
 * the periods of a résumé follow each other month by month (DOMAIN §1.2), the end of one being the start of the next.
 *
 * What 任前审核 asks about, said while the line is being written. Inner notes (其间) are beside a period, not between two,
 * and lines that cannot be read as a period are passed over; whether a gap matters is for people to say.
 */
export function resumeOrderFindings({ resume }: Pick<Cadre, 'resume'>): Finding[] {
  if (resume === null) return []
  return resumeBreaks(parseResume(resume)).map(({ kind, line, from, to }) =>
    finding('R-6', kind, 'warn', 'resume', { line, from: dotted(from), to: dotted(to) }),
  )
}
