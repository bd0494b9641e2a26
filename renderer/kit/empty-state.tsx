import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing here: says so in a sentence and what to do next, with the button that does it. No picture. */
export function EmptyState({
  title,
  hint,
  action,
}: {
  readonly title: string
  readonly hint?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <Stack align="center" gap="sm" py={48} px="md" ta="center">
      <Text fw={600}>{title}</Text>
      {hint !== undefined && (
        <Text c="dimmed" size="sm" maw={440}>
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  )
}
