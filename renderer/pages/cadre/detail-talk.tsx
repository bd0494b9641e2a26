import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import { RegisterTable } from '../../kit/register-table.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { useTalkColumns } from '../talk/talk-columns.tsx'
import type { CadreView } from './cadre-detail.ts'

const ROW = 36
const MOST = 12

/** The talks with this cadre: facts only; what was said opens on the talk's own page. */
export function TalkTab({ record }: { readonly record: CadreView }) {
  const { t } = useTranslation('cadre')
  const navigate = useNavigate()
  const can = useCan()
  const source = useRows('talk.list', { cadreId: record.id, withVoided: true })
  const columns = useTalkColumns({ ofOneCadre: true })
  return (
    <RegisterTable
      id="cadre-talk"
      label={t('talk.caption', { name: record.name })}
      source={source}
      columns={columns}
      rowKey={(row) => row.id}
      struck={(row) => row.voided}
      onOpen={(row) => void navigate({ to: '/talk/$id', params: { id: row.id } })}
      above={<Assigned cadreId={record.id} />}
      height={Math.max(5, Math.min(MOST, source.total + 1)) * ROW}
      empty={
        <EmptyState
          title={t('talk.empty')}
          hint={t('talk.emptyHint')}
          action={
            can('talk:write') &&
            !record.voided && (
              <ButtonLink variant="default" to="/talk/new" search={{ cadre: record.id }}>
                {t('action.logTalk')}
              </ButtonLink>
            )
          }
        />
      }
    />
  )
}

/** Who is to talk to this cadre at present. */
function Assigned({ cadreId }: { readonly cadreId: string }) {
  const { t } = useTranslation(['cadre', 'talk'])
  const { today } = useSession()
  const { data } = useCall('talk-assignment.list', { cadreId })
  const inForce = data?.rows.filter(({ record }) => record.since <= today && (record.until ?? today) >= today) ?? []
  if (inForce.length === 0) return null
  return (
    <span>
      {t('talk:assign.assigned', {
        names: inForce.map(({ talkerName }) => talkerName).join(t('talk:form.nameSeparator')),
      })}
    </span>
  )
}
