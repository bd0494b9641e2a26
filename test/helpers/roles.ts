import * as z from 'zod'
import type { Role } from '../../shared/permissions.ts'
import { contract, type Name } from '../../shared/contract/index.ts'
import type { Call } from './desk.ts'

export const SECOND_PASSPHRASE = 'battery staple 2'

/** Adds an officer of a role and signs them in; whoever is signed in must be allowed to. */
export async function signInAs(call: Call, role: Role, name = `试${role}`): Promise<string> {
  const { id } = await call('officer.save', { set: { name, role } })
  await call('officer.setPassphrase', { officerId: id, passphrase: SECOND_PASSPHRASE })
  await call('desk.unlock', { officerId: id, passphrase: SECOND_PASSPHRASE })
  return id
}

interface JsonSchema {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly minimum?: number
  readonly minLength?: number
}

/** The smallest input an endpoint's own schema lets in, so that what refuses it is not the schema. */
export function smallestInput(name: Name): unknown {
  return smallest(z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
}

const TEXTS: Readonly<Record<string, string>> = {
  uuid: '0199b7aa-0000-7000-8000-00000000ffff',
  date: '2026-01-01',
  uri: 'https://city.invalid/',
}

function smallest(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return smallest(schema.anyOf[0]!)
  if (schema.type === 'object' || schema.properties) {
    const required = schema.required ?? []
    return Object.fromEntries(required.map((key) => [key, smallest(schema.properties?.[key] ?? {})]))
  }
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}))
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, schema.minimum ?? 0)
  if (schema.type === 'boolean') return false
  if (schema.type === 'null') return null
  return TEXTS[schema.format ?? ''] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}
