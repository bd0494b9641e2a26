import { english } from './en/index.ts'
import type { Language, Namespace } from './language.ts'
import { chinese } from './zh-CN/index.ts'

export { LANGUAGES, type Language, type Namespace, type Resources } from './language.ts'

/** Every text in every language. The page loads one language at a time and takes them from their own folders. */
export const resources = { 'zh-CN': chinese, 'en': english } as const

export type TextParams = Readonly<Record<string, unknown>>
/** `error:locked` → the sentence. An unknown key comes back as itself, so that a missing text is seen and nothing breaks. */
export type Translator = (key: `${Namespace}:${string}`, params?: TextParams) => string

/**
 * The same texts without i18next, for hosts that only need a sentence now and then (the command line, reports).
 *
 * Understands what our texts use: `{{param}}` and the plural suffixes `_one` and `_other` chosen by `count`.
 */
export function createTranslator(language: Language): Translator {
  const plural = new Intl.PluralRules(language)
  return (key, params = {}) => {
    const [namespace, path] = key.split(':', 2) as [Namespace, string]
    const suffixes = typeof params['count'] === 'number' ? [`_${plural.select(params['count'])}`, '_other', ''] : ['']
    for (const words of [resources[language], chinese]) {
      for (const suffix of suffixes) {
        const text = textAt(words[namespace], `${path}${suffix}`)
        if (text !== null) return fill(text, params)
      }
    }
    return key
  }
}

function textAt(words: unknown, path: string): string | null {
  let at = words
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null) return null
    at = (at as Record<string, unknown>)[step]
  }
  return typeof at === 'string' ? at : null
}

const fill = (text: string, params: TextParams): string =>
  text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => String(params[name] ?? ''))
