import type { Call } from '../../../api/client.ts'

const PAGE = 500

/** Row numbers of everybody who waits for a decision. */
export async function rowsToConfirm(call: Call, importId: string): Promise<number[]> {
  const found: number[] = []
  for (;;) {
    const page = await call('roster.rows', { importId, state: 'confirm', limit: PAGE, offset: found.length })
    found.push(...page.rows.map(({ row }) => row))
    if (page.rows.length === 0 || found.length >= page.total) return found
  }
}
