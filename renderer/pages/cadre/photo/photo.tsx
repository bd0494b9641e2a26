import { Button, UnstyledButton } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../api/use-call.ts'
import { useCan } from '../../../kit/session.ts'
import type { CadreView } from '../cadre-detail.ts'
import { PhotoEditor } from './photo-editor.tsx'
import classes from './photo.module.css'

interface PhotoProps {
  readonly record: CadreView
  readonly size: 'small' | 'large'
  /** The version a change of the photo is based on; that of the record unless a form has saved since. */
  readonly version?: () => number
  readonly onChanged?: (version: number) => void
}

/** A cadre's photo; a click opens the editor for whoever may change the file. */
export function CadrePhoto({ record, size, version = () => record.version, onChanged }: PhotoProps) {
  const { t } = useTranslation('lrmx')
  const can = useCan()
  const [editing, setEditing] = useState(false)
  const editable = can('cadre:write') && !record.voided
  const label = record.photo === null ? t('photo.set') : t('photo.change')
  return (
    <>
      <Frame size={size} {...(editable && size === 'small' ? { label, onClick: () => setEditing(true) } : {})}>
        <Picture record={record} />
      </Frame>
      {editable && size === 'large' && (
        <Button size="compact-sm" variant="default" w={120} mt={-16} onClick={() => setEditing(true)}>
          {label}
        </Button>
      )}
      {editing && (
        <PhotoEditor
          record={record}
          version={version}
          onClose={() => setEditing(false)}
          {...(onChanged ? { onChanged } : {})}
        />
      )}
    </>
  )
}

function Frame({
  size,
  label,
  onClick,
  children,
}: Pick<PhotoProps, 'size'> & {
  readonly label?: string
  readonly onClick?: () => void
  readonly children: ReactNode
}) {
  if (!onClick) {
    return (
      <span className={classes.frame} data-size={size}>
        {children}
      </span>
    )
  }
  return (
    <UnstyledButton className={classes.frame} data-size={size} aria-label={label} title={label} onClick={onClick}>
      {children}
    </UnstyledButton>
  )
}

function Picture({ record }: { readonly record: CadreView }) {
  const { t } = useTranslation('lrmx')
  const { data } = useCall('cadre.photo', { id: record.id }, { enabled: record.photo !== null, keepPrevious: false })
  if (record.photo === null || !data?.content) return <IconUser size={24} stroke={1.5} aria-label={t('photo.none')} />
  return (
    <img
      className={classes.picture}
      src={`data:${data.kind};base64,${data.content}`}
      alt={t('photo.alt', { name: record.name })}
    />
  )
}
