import type { chinese } from './zh-CN/index.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** What i18next checks keys against; renderer/i18n.ts hands it over. */
export type Resources = typeof chinese
export type Namespace = keyof Resources
