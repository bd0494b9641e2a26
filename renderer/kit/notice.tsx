import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { announce } from './live.tsx'

/** A line at the bottom right that goes by itself. For what is not visible on the page anyway, and for 撤销. */
export function showNotice(
  message: ReactNode,
  options: { id?: string; spoken?: string; stays?: boolean; alarm?: boolean } = {},
) {
  const { id, spoken, stays = false, alarm = false } = options
  const text = spoken ?? (typeof message === 'string' ? message : null)
  if (text !== null) announce(text)
  notifications.show({
    ...(id === undefined ? {} : { id }),
    message,
    withBorder: true,
    color: alarm ? 'alarm' : 'gray',
    autoClose: stays ? false : 10_000,
    closeButtonProps: { 'aria-label': i18next.t('action.close') },
  })
}

export const hideNotice = (id: string): void => void notifications.hide(id)
