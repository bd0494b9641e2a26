import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Page } from '../../kit/page.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { useSession } from '../../kit/session.ts'
import { useGoBack } from '../../kit/use-go-back.ts'
import { AfterTalk } from './after-talk.tsx'
import { useSitters } from './sitters.ts'
import { TalkForm, type SavedTalk } from './talk-form.tsx'
import { TalkEdit } from './talk-edit.tsx'
import { LAST_TALKER, newTalk, type Carried } from './talk-values.ts'

const route = getRouteApi('/talk/new')
const NOBODY: Carried = { talker: null, talkerName: null }

export function TalkFormPage() {
  const { t } = useTranslation('talk')
  const { id } = useParams({ strict: false })
  return (
    <Permitted capability="talk:write" title={t('title')}>
      {id === undefined ? <NewTalk /> : <TalkEdit key={id} id={id} />}
    </Permitted>
  )
}

/** 记录谈话, one after another: after a save the next one starts with the same day, talker and place, and nothing else. */
function NewTalk() {
  const { t } = useTranslation('talk')
  const { cadre } = route.useSearch()
  const [turn, setTurn] = useState(0)
  const [saved, setSaved] = useState<SavedTalk | null>(null)
  const [carried, setCarried] = useState<Carried | null>(null)
  const next = () => {
    setSaved(null)
    setTurn(turn + 1)
  }
  return (
    <Page title={t('form.newTitle')}>
      {saved ? (
        <AfterTalk saved={saved} onNext={next} />
      ) : (
        <Prepared
          key={`${turn} ${cadre ?? ''}`}
          ids={turn === 0 ? idsOf(cadre) : []}
          carried={carried}
          onSaved={(talk) => {
            setSaved(talk)
            setCarried(talk.carried)
          }}
        />
      )}
    </Page>
  )
}

const idsOf = (list: string | undefined): string[] => list?.split(',').filter((id) => id !== '') ?? []

/** Waits for what the form starts from: who sat there, who talked last time. Both are on this PC and take a moment. */
function Prepared({
  ids,
  carried,
  onSaved,
}: {
  readonly ids: readonly string[]
  readonly carried: Carried | null
  readonly onSaved: (talk: SavedTalk) => void
}) {
  const { today } = useSession()
  const navigate = useNavigate()
  const back = useGoBack('/talk')
  const { sitters, fault } = useSitters(ids)
  const { data: drafts, fault: draftFault } = useCall('draft.list', {})
  const last = useMemo(
    () => drafts?.rows.find(({ key }) => key === LAST_TALKER)?.content as Carried | undefined,
    [drafts],
  )
  if (fault ?? draftFault) return <FaultAlert fault={fault ?? draftFault} again={() => navigate({ to: '/talk/new' })} />
  if (sitters === null || drafts === undefined) return null
  return (
    <TalkForm
      initial={newTalk(sitters, today, carried ?? last ?? NOBODY)}
      draftKey={ids.length === 0 ? 'talk' : `talk:new:${ids[0]}+${ids.length}`}
      onLeave={back}
      onSaved={onSaved}
    />
  )
}
