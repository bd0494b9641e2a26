import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LANGUAGES, type Language, type Resources } from '../shared/i18n/language.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}

const REMEMBERED = 'zgt.language'

/** One language at a time: the other one is a fifth of what the first page would have to load. */
const LOAD: Readonly<Record<Language, () => Promise<Record<string, object>>>> = {
  'zh-CN': async () => (await import('../shared/i18n/zh-CN/index.ts')).chinese,
  'en': async () => (await import('../shared/i18n/en/index.ts')).english,
}

/** The language last chosen on this PC; Chinese until somebody chose. */
function chosenLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED)
  return LANGUAGES.find((language) => language === remembered) ?? 'zh-CN'
}

export async function chooseLanguage(language: Language): Promise<void> {
  for (const [namespace, words] of Object.entries(await LOAD[language]())) {
    i18next.addResourceBundle(language, namespace, words)
  }
  localStorage.setItem(REMEMBERED, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** The first page is rendered with its words: nothing flickers from key to text. */
export async function startTexts(): Promise<void> {
  const language = chosenLanguage()
  const words = await LOAD[language]()
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: Object.keys(words),
    defaultNS: 'common',
    resources: { [language]: words as never },
    returnNull: false,
    interpolation: { escapeValue: false },
  })
}
