/** Icons are Tabler, 1.5 stroke, 16 px in text and 18 px on their own. */
export const inText = { 'size': 16, 'stroke': 1.5, 'aria-hidden': true } as const
export const alone = { 'size': 18, 'stroke': 1.5, 'aria-hidden': true } as const
