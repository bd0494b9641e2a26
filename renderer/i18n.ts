import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LANGUAGES, type Language, type Resources } from '../shared/i18n/language.ts'
import { tellLanguage } from './host/host.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Resources
    returnNull: false
  }
}

const REMEMBERED = 'zgt.language'

/** One language at a time: the other one is a tenth of what the first page would have to load. */
const DESK: Readonly<Record<Language, () => Promise<Record<string, object>>>> = {
  'zh-CN': async () => (await import('../shared/i18n/zh-CN/page.ts')).page,
  'en': async () => (await import('../shared/i18n/en/page.ts')).page,
}
/** The console says some of the same things, and its own. */
const CONSOLE: typeof DESK = {
  'zh-CN': async () => {
    const [words, own] = await Promise.all([DESK['zh-CN'](), import('../shared/i18n/zh-CN/console.json')])
    return { ...words, console: own.default }
  },
  'en': async () => {
    const [words, own] = await Promise.all([DESK['en'](), import('../shared/i18n/en/console.json')])
    return { ...words, console: own.default }
  },
}

/** The language last chosen on this PC; Chinese until somebody chose. */
function chosenLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED)
  return LANGUAGES.find((language) => language === remembered) ?? 'zh-CN'
}

export async function chooseLanguage(language: Language): Promise<void> {
  const load = i18next.options.ns?.includes('console') ? CONSOLE : DESK
  for (const [namespace, words] of Object.entries(await load[language]())) {
    i18next.addResourceBundle(language, namespace, words)
  }
  localStorage.setItem(REMEMBERED, language)
  document.documentElement.lang = language
  tellLanguage(language)
  await i18next.changeLanguage(language)
}

/** The first page is rendered with its words: nothing flickers from key to text. */
export async function startTexts(page: 'desk' | 'console'): Promise<void> {
  const language = chosenLanguage()
  const words = await (page === 'console' ? CONSOLE : DESK)[language]()
  document.documentElement.lang = language
  tellLanguage(language)
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
