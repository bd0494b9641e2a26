import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { inText } from './icon.ts'
import classes from './status-word.module.css'

/** done 绿 · soon 橙 · alarm 逾期、需要处理 · info 蓝 · quiet grey. Never a colour alone: icon and word. */
export type Tone = 'done' | 'soon' | 'alarm' | 'info' | 'quiet'

const ICONS: Readonly<Record<Tone, Icon>> = {
  done: IconCircleCheck,
  soon: IconClock,
  alarm: IconAlertTriangle,
  info: IconInfoCircle,
  quiet: IconCircleDashed,
}

/** Icon and word. `chip` draws a border around it, for the header of a page. */
export function StatusWord({
  tone,
  chip = false,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly chip?: boolean
  readonly icon?: Icon
  readonly children: ReactNode
}) {
  const Mark = icon ?? ICONS[tone]
  return (
    <span className={chip ? `${classes.word} ${classes.chip}` : classes.word} data-tone={tone}>
      <Mark {...inText} />
      {children}
    </span>
  )
}
