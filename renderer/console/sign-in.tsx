import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Entry } from '../pages/desk/entry.tsx'
import { signIn } from './city-call.ts'
import { ProblemAlert } from './problem-alert.tsx'

export function SignIn() {
  const { t } = useTranslation('console')
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: signIn,
    networkMode: 'always',
    onSuccess: (account) => queries.setQueryData(['me'], account),
  })
  return (
    <Entry title={t('signIn.title')} note={t('signIn.note')} product={t('product')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate({ name: name.trim(), password })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('signIn.name')}
            required
            autoFocus
            autoComplete="username"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('signIn.password')}
            required
            autoComplete="current-password"
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert fault={attempt.error} />
          <Button type="submit" loading={attempt.isPending}>
            {t('signIn.action')}
          </Button>
        </Stack>
      </form>
    </Entry>
  )
}
