import type { Folders } from './fixture.ts'
import type { Figure } from './measure.ts'
export async function firstPage(_folders: Folders): Promise<Figure[]> {
  return []
}
