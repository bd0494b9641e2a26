import { Loader, Text } from '@mantine/core'
import { useDidUpdate } from '@mantine/hooks'
import { useRef, type ComponentProps, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../fault-alert.tsx'
import { FileDrop } from '../file-drop.tsx'
import classes from './import.module.css'

/** 选择文件: click or drop; while it is read, only that is said. */
export function ImportFile({
  cancelled,
  fault,
  reading,
  children,
  ...drop
}: ComponentProps<typeof FileDrop> & {
  /** An import was just ended before its time. */
  readonly cancelled: boolean
  readonly fault: unknown
  /** What is being read; null while nothing is. */
  readonly reading: string | null
  /** What else there is to say about the files that were chosen. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('import')
  const place = useRef<HTMLDivElement>(null)
  useDidUpdate(() => {
    // Not read, or it would not be here: the next file is chosen where this one was.
    if (reading === null) place.current?.querySelector('input')?.focus()
  }, [reading])
  return (
    <div className={classes.narrow} ref={place}>
      {cancelled && reading === null && <Text role="status">{t('run.cancelled')}</Text>}
      <FaultAlert fault={fault} />
      {children}
      {reading === null ? (
        <FileDrop {...drop} />
      ) : (
        <Text role="status" className={classes.reading}>
          <Loader size="xs" /> {reading}
        </Text>
      )}
    </div>
  )
}
