import { useTranslation } from 'react-i18next'
import { NOTHING } from '../../kit/format.ts'
import { StatusWord } from '../../kit/status-word.tsx'

/**
 * 已谈 or 未谈 this year, as a word and without any cause (PRODUCT, Always true 7).
 *
 * Nobody is late before the year is over, so 未谈 is a plain fact and carries no warning colour. Who does not count to the
 * rate and was not talked to gets neither word.
 */
export function TalkedWord({
  talked,
  expected,
  chip = false,
}: {
  readonly talked: boolean
  readonly expected: boolean
  readonly chip?: boolean
}) {
  const { t } = useTranslation('cadre')
  if (talked)
    return (
      <StatusWord tone="done" chip={chip}>
        {t('talked.yes')}
      </StatusWord>
    )
  if (!expected) return chip ? null : <>{NOTHING}</>
  return (
    <StatusWord tone="quiet" chip={chip}>
      {t('talked.no')}
    </StatusWord>
  )
}
