import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { cssVariables, styleNonce, theme } from '../theme.ts'

/** What both pages, desk and console, stand on: theme with the style nonce, notifications. */
export function Look({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="light"
      getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-right" limit={3} />
      {children}
    </MantineProvider>
  )
}
