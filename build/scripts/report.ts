/** How the checks of this folder speak: every problem on a line, then an exit code. */

export function reportProblems(problems: readonly string[]): void {
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) process.exitCode = 1
}
