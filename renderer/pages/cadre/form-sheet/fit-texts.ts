/** Letters smaller than this nobody can read; a text that still does not fit makes its box higher. */
const LEAST_PT = 6
const STEP_PT = 0.5
const PX_PER_PT = 96 / 72

/** Sets the text of every box marked `data-fit` as much smaller as it must be to stay inside. */
export function fitTexts(paper: HTMLElement): void {
  for (const box of paper.querySelectorAll<HTMLElement>('[data-fit]')) {
    const text = box.firstElementChild as HTMLElement
    let pt = Number.parseFloat(getComputedStyle(box).fontSize) / PX_PER_PT
    const { paddingTop, paddingBottom } = getComputedStyle(box)
    const room = box.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)
    while (text.offsetHeight > room && pt > LEAST_PT) {
      pt = Math.max(LEAST_PT, pt - STEP_PT)
      box.style.fontSize = `${pt}pt`
    }
  }
}
