import { expect } from 'vitest'
import type { FaultCode } from '../../shared/errors.ts'

/** Expects a call to be refused with that fault. */
export async function refused(
  call: Promise<unknown>,
  code: FaultCode,
  params?: Record<string, unknown>,
): Promise<void> {
  await expect(call).rejects.toMatchObject(params === undefined ? { code } : { code, params })
}
