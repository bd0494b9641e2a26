import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { ConsoleAccount, Township, TownshipCoverage } from '../../shared/contract/city.ts'
import {
  EnrolReply,
  EnrolRequest,
  OpLine,
  Problem,
  PushHeader,
  ReplyHeader,
  SignatureLine,
  Verdict,
} from '../../shared/sync/protocol.ts'

/** Schemas with a name of their own in the description, the lines of a push and its reply among them. */
const NAMED = {
  EnrolRequest,
  EnrolReply,
  PushHeader,
  OpLine,
  SignatureLine,
  ReplyHeader,
  Verdict,
  Problem,
  ConsoleAccount,
  Township,
  TownshipCoverage,
}

/** Collects the routes registered from here on; GET /openapi.json describes them from the schemas they are checked by. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const schemaRegistry = z.registry<{ id?: string }>()
  for (const [id, schema] of Object.entries(NAMED)) schemaRegistry.add(schema, { id })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '镇街组工台 市级端',
        version,
        description: 'Enrolment and sync of township desks, and the console.',
      },
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
  })
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.send(app.swagger()))
}
