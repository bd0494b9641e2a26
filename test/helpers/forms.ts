import type { Input, Output } from '../../shared/contract/index.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { aCadre } from '../builders/cadre.ts'
import { aForm, formBytes, type FormSpec } from '../builders/form.ts'
import { valuesOf } from '../builders/record.ts'
import type { Call } from './desk.ts'

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const bytesOf = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, 'base64'))
export const sent = (form: FormSpec, fileName = '试一二.lrmx') => ({ fileName, content: base64(formBytes(form)) })
export const withTexts = (texts: Record<string, string>): FormSpec => aForm({ texts: { ...aForm().texts, ...texts } })

export const opened = (call: Call, ...files: Input<'lrmx.open'>['files']) => call('lrmx.open', { files })
export async function imported(call: Call, ...forms: FormSpec[]): Promise<Output<'lrmx.import'>> {
  const { importId } = await opened(call, ...forms.map((form, at) => sent(form, `${at}.lrmx`)))
  return call('lrmx.import', { importId })
}
export async function created(call: Call, over: Parameters<typeof aCadre>[0] = {}): Promise<string> {
  return (await call('cadre.save', { set: valuesOf(cadre, aCadre(over)) })).id
}
export const record = async (call: Call, id: string) => (await call('cadre.get', { id })).record
export const idOf = (result: Output<'lrmx.import'>, at = 0): string => result.people[at]!.id!
