import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Page } from '../../kit/page.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { AfterSave } from './after-save.tsx'
import { CadreForm } from './cadre-form.tsx'

const edit = getRouteApi('/cadre/$id/edit')

/** 新增干部 and 修改: one form, opened on nobody or on a record. */
export function CadreFormPage() {
  const { t } = useTranslation('cadre')
  const { id } = useParams({ strict: false })
  return (
    <Permitted capability="cadre:write" title={t('title')}>
      {id === undefined ? <NewCadre /> : <EditCadre key={id} id={id} />}
    </Permitted>
  )
}

/** One after another: after a save the next sensible thing is offered, and the next person starts from an empty form. */
function NewCadre() {
  const { t } = useTranslation('cadre')
  const navigate = useNavigate()
  const [turn, setTurn] = useState(0)
  const [saved, setSaved] = useState<{ id: string; name: string } | null>(null)
  const next = () => {
    setSaved(null)
    setTurn(turn + 1)
  }
  return (
    <Page title={t('form.newTitle')}>
      {saved ? (
        <AfterSave {...saved} onNext={next} />
      ) : (
        <CadreForm key={turn} record={null} onLeave={() => void navigate({ to: '/cadre' })} onSaved={setSaved} />
      )}
    </Page>
  )
}

function EditCadre({ id }: { readonly id: string }) {
  const { t } = useTranslation('cadre')
  const navigate = useNavigate()
  const { field, supersedes } = edit.useSearch()
  const { data, fault, again } = useCall('cadre.get', { id }, { keepPrevious: false })
  const record = data?.record
  return (
    <Page title={record ? t('form.editTitle', { name: record.name }) : t('title')}>
      <FaultAlert fault={fault} again={again} />
      {record && (
        <CadreForm
          record={record}
          {...(field === undefined ? {} : { focus: field })}
          {...(supersedes === undefined ? {} : { supersedes })}
          onLeave={() => void navigate({ to: '/cadre/$id', params: { id } })}
        />
      )}
    </Page>
  )
}
