import type { WebContents } from 'electron'
import { hostContract, type HostInput, type HostName, type HostOutput } from '../shared/contract/host.ts'
import type { Reply } from '../shared/contract/index.ts'
import { Fault } from '../shared/errors.ts'

/** What the shell answers itself instead of passing it on. */
export type HostHandlers = {
  readonly [N in HostName]: (input: HostInput<N>, contents: WebContents) => Promise<HostOutput<N>>
}

/** Input and answer are parsed as the core's router does it: a bad call gets its fault, not silence. */
export async function answerHost(
  handlers: HostHandlers,
  name: HostName,
  given: unknown,
  contents: WebContents,
): Promise<Reply> {
  const { input, output } = hostContract[name]
  const parsed = input.safeParse(given)
  if (!parsed.success) return { ok: false, code: 'invalid-input', params: { issues: name } }
  const run = handlers[name] as (input: unknown, contents: WebContents) => Promise<unknown>
  try {
    return { ok: true, data: output.parse(await run(parsed.data, contents)) }
  } catch (cause) {
    if (cause instanceof Fault) return { ok: false, code: cause.code, params: { ...cause.params } }
    return { ok: false, code: 'unexpected', params: { reference: name } }
  }
}
