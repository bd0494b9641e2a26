let last = 0

/** A valid UUID (v7-shaped) no other call in this test file returns; the same every run. */
export function anId(): string {
  last += 1
  return `00000000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`
}

/** A small number no other call in this test file returns: for names and identity numbers that must differ. */
export function aNumber(): number {
  last += 1
  return last
}
