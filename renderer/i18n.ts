import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LANGUAGES, NAMESPACES, resources, type Language, type Resources } from '../shared/i18n/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}

const REMEMBERED = 'zgt.language'

/** The language last chosen on this PC; Chinese until somebody chose. */
export function chosenLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED)
  return LANGUAGES.find((language) => language === remembered) ?? 'zh-CN'
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** All texts are in the bundle, so the first page is rendered with its words. */
export async function startTexts(): Promise<void> {
  const language = chosenLanguage()
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    ns: NAMESPACES,
    defaultNS: 'common',
    resources,
    returnNull: false,
    interpolation: { escapeValue: false },
  })
}
