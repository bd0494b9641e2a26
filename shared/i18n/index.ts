import enCadre from './en/cadre.json' with { type: 'json' }
import enChange from './en/change.json' with { type: 'json' }
import enCli from './en/cli.json' with { type: 'json' }
import enCommon from './en/common.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enDesk from './en/desk.json' with { type: 'json' }
import enError from './en/error.json' with { type: 'json' }
import enOfficer from './en/officer.json' with { type: 'json' }
import enRoster from './en/roster.json' with { type: 'json' }
import enRule from './en/rule.json' with { type: 'json' }
import enSetting from './en/setting.json' with { type: 'json' }
import enShell from './en/shell.json' with { type: 'json' }
import enSync from './en/sync.json' with { type: 'json' }
import enTalk from './en/talk.json' with { type: 'json' }
import enUnit from './en/unit.json' with { type: 'json' }
import enWorkbench from './en/workbench.json' with { type: 'json' }
import zhCadre from './zh-CN/cadre.json' with { type: 'json' }
import zhChange from './zh-CN/change.json' with { type: 'json' }
import zhCli from './zh-CN/cli.json' with { type: 'json' }
import zhCommon from './zh-CN/common.json' with { type: 'json' }
import zhConsole from './zh-CN/console.json' with { type: 'json' }
import zhDesk from './zh-CN/desk.json' with { type: 'json' }
import zhError from './zh-CN/error.json' with { type: 'json' }
import zhOfficer from './zh-CN/officer.json' with { type: 'json' }
import zhRoster from './zh-CN/roster.json' with { type: 'json' }
import zhRule from './zh-CN/rule.json' with { type: 'json' }
import zhSetting from './zh-CN/setting.json' with { type: 'json' }
import zhShell from './zh-CN/shell.json' with { type: 'json' }
import zhSync from './zh-CN/sync.json' with { type: 'json' }
import zhTalk from './zh-CN/talk.json' with { type: 'json' }
import zhUnit from './zh-CN/unit.json' with { type: 'json' }
import zhWorkbench from './zh-CN/workbench.json' with { type: 'json' }

/** The source language: its keys are the only keys there are. */
const chinese = {
  cadre: zhCadre,
  change: zhChange,
  cli: zhCli,
  common: zhCommon,
  console: zhConsole,
  desk: zhDesk,
  error: zhError,
  officer: zhOfficer,
  roster: zhRoster,
  rule: zhRule,
  setting: zhSetting,
  shell: zhShell,
  sync: zhSync,
  talk: zhTalk,
  unit: zhUnit,
  workbench: zhWorkbench,
}
const english = {
  cadre: enCadre,
  change: enChange,
  cli: enCli,
  common: enCommon,
  console: enConsole,
  desk: enDesk,
  error: enError,
  officer: enOfficer,
  roster: enRoster,
  rule: enRule,
  setting: enSetting,
  shell: enShell,
  sync: enSync,
  talk: enTalk,
  unit: enUnit,
  workbench: enWorkbench,
}

/** What i18next checks keys against; renderer/i18n.ts hands it over. */
export type Resources = typeof chinese
export type Namespace = keyof Resources
export const NAMESPACES = Object.keys(chinese) as Namespace[]
export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
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
