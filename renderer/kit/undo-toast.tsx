import { Button, Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshAll, useClient } from '../api/use-call.ts'
import { FaultAlert } from './fault-alert.tsx'
import { hideNotice, showNotice } from './notice.tsx'

/** What can be taken back: a known transaction, or the last change of a record. */
export type Undoable = { readonly txn: string } | { readonly register: string; readonly recordId: string }

/**
 * `offerUndo('已作废 1 次谈话', { register: 'talk', recordId })`: a line at the bottom with 撤销, for ten seconds.
 *
 * Undo appends the inverse change; what was edited since is kept and named. `onUndone` is for a page that can take back
 * what was entered.
 */
export function useUndoToast(): (text: string, what: Undoable, onUndone?: () => void) => void {
  const { t } = useTranslation()
  const call = useClient()
  const queries = useQueryClient()
  return useCallback(
    (text, what, onUndone) => {
      const id = crypto.randomUUID()
      const undo = async () => {
        hideNotice(id)
        try {
          const txn = 'txn' in what ? what.txn : (await call('change.list', { ...what, limit: 1 })).rows[0]?.txn
          if (txn === undefined) return
          const { undone, kept } = await call('change.undo', { txn })
          onUndone?.()
          await refreshAll(queries)
          const names = kept.map(({ label }) => label).join(t('separator'))
          showNotice(kept.length === 0 ? t('undo.done', { count: undone }) : t('undo.kept', { count: undone, names }))
        } catch (fault) {
          showNotice(<FaultAlert fault={fault} />, { stays: true, alarm: true })
        }
      }
      showNotice(
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{text}</Text>
          <Button size="compact-sm" variant="subtle" onClick={() => void undo()}>
            {t('undo.action')}
          </Button>
        </Group>,
        { id, spoken: text },
      )
    },
    [call, queries, t],
  )
}
