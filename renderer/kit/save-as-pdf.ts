import i18next from 'i18next'
import { savePdf } from '../host/host.ts'
import { Fault } from '../../shared/errors.ts'
import { showNotice } from './notice.tsx'
import { faultSentence } from './texts.ts'

/** Saves the page that is shown as a PDF, where the shell can, and says how it went. */
export async function saveAsPdf(): Promise<void> {
  try {
    if (await savePdf(document.title)) showNotice(i18next.t('pdf.saved'))
  } catch (cause) {
    const { code, params } = cause instanceof Fault ? cause : new Fault('unexpected', { reference: 'pdf' })
    showNotice(faultSentence(code, params), { alarm: true, stays: true })
  }
}
