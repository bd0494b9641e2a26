import { PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusWord, type Tone } from '../../kit/status-word.tsx'
import { passphraseStrength } from '../../../shared/domain/passphrase.ts'

const TONES: readonly Tone[] = ['quiet', 'alarm', 'info', 'done']

/** A new passphrase typed twice. Tells the passphrase only when it will do and both agree, else null. */
export function PassphrasePair({
  label,
  tried = false,
  onChange,
}: {
  readonly label: string
  /** Saving was tried: says what is still missing. */
  readonly tried?: boolean
  readonly onChange: (passphrase: string | null) => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const strength = passphraseStrength(first)
  const tell = (one: string, two: string) => {
    setFirst(one)
    setSecond(two)
    onChange(passphraseStrength(one) >= 2 && one === two ? one : null)
  }
  return (
    <Stack gap="md">
      <PasswordInput
        label={label}
        required
        autoComplete="new-password"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={tried && first === '' ? t('common:form.required') : null}
        descriptionProps={{ component: 'div' }}
        description={
          <>
            {t('new.passphraseHint')}
            {strength > 0 && (
              <div aria-live="polite">
                <StatusWord tone={TONES[strength] ?? 'quiet'}>{t(`desk:new.strength.${strength}`)}</StatusWord>
              </div>
            )}
          </>
        }
        value={first}
        onChange={(event) => tell(event.currentTarget.value, second)}
      />
      <PasswordInput
        label={t('new.again')}
        required
        autoComplete="new-password"
        error={(tried || second !== '') && first !== second ? t('new.differs') : null}
        value={second}
        onChange={(event) => tell(first, event.currentTarget.value)}
      />
    </Stack>
  )
}
