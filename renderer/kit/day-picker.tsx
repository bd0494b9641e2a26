import { ActionIcon } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalDate } from '../../shared/domain/dates.ts'
import classes from './day-picker.module.css'
import { parseDay } from './format.ts'
import { inText } from './icon.ts'

/** The browser's own calendar behind a button; the keyboard has the text input beside it. */
export function DayPicker({
  value,
  max,
  onPick,
}: {
  readonly value: LocalDate | null
  readonly max?: LocalDate | undefined
  readonly onPick: (day: LocalDate | null) => void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className={classes.picker}>
      <ActionIcon tabIndex={-1} size="sm" aria-label={t('form.calendar')} onClick={() => input.current?.showPicker()}>
        <IconCalendar {...inText} />
      </ActionIcon>
      <input
        ref={input}
        type="date"
        tabIndex={-1}
        aria-hidden
        className={classes.native}
        value={value !== null && parseDay(value) === value ? value : ''}
        {...(max === undefined ? {} : { max })}
        onChange={(event) => onPick(event.currentTarget.value || null)}
      />
    </span>
  )
}
