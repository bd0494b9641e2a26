import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from '../api/use-call.ts'

export interface Draft {
  /** Whether this form keeps one. */
  readonly kept: boolean
  /** When the draft that was put back had been kept; null when there was none. */
  readonly restoredAt: string | null
  /** Throws the draft away and shows what was read. */
  readonly discard: () => void
  /** Throws the draft away after a save. */
  readonly clear: () => Promise<void>
}

const KEEP_AFTER = 800

/** What open forms have not kept yet; before a lock by hand all of it is. */
const unkept = new Set<() => Promise<void>>()
export const keepDraftsNow = async (): Promise<void> => {
  await Promise.allSettled([...unkept].map((keep) => keep()))
}

/**
 * Keeps what is typed in the desk's encrypted draft table, and puts it back when the form opens again.
 *
 * A locked desk, a kill or a power cut costs at most the last moment. Drafts are private to the officer and never synced.
 * A failing draft is not reported: it would interrupt typing for something the officer did not ask for.
 */
export function useDraft(
  key: string | undefined,
  changed: object,
  dirty: boolean,
  apply: (patch: object) => void,
  forget: () => void,
): Draft {
  const call = useClient()
  const [restoredAt, setRestoredAt] = useState<string | null>(null)
  const [looked, setLooked] = useState(key === undefined)
  const kept = useRef<string | null>(null)

  useEffect(() => {
    if (key === undefined) return
    let gone = false
    const look = async () => {
      const found = (await call('draft.list', {})).rows.find((row) => row.key === key)
      if (gone || found === undefined) return
      kept.current = JSON.stringify(found.content)
      setRestoredAt(found.updatedAt)
      apply(found.content as object)
    }
    void look()
      .catch(() => undefined)
      .finally(() => !gone && setLooked(true))
    return () => {
      gone = true
    }
  }, [call, key, apply])

  const keep = useCallback(
    async (content: object | null) => {
      if (key === undefined) return
      const text = content === null ? null : JSON.stringify(content)
      if (text === kept.current) return
      kept.current = text
      await call('draft.save', { key, content })
    },
    [call, key],
  )

  const text = JSON.stringify(changed)
  const latest = useRef(keep)
  latest.current = keep
  useEffect(() => {
    if (!looked) return
    const content = dirty ? (JSON.parse(text) as object) : null
    const now = () => latest.current(content)
    unkept.add(now)
    const timer = setTimeout(() => void now().catch(() => undefined), KEEP_AFTER)
    return () => {
      unkept.delete(now)
      clearTimeout(timer)
    }
  }, [looked, dirty, text])

  return {
    kept: key !== undefined,
    restoredAt,
    clear: useCallback(async () => {
      setRestoredAt(null)
      await keep(null).catch(() => undefined)
    }, [keep]),
    discard: useCallback(() => {
      setRestoredAt(null)
      forget()
      void keep(null).catch(() => undefined)
    }, [keep, forget]),
  }
}
