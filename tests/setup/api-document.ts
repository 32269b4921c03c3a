import { z } from 'zod'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import { describeApi } from '@/lib/api/openapi'
import type { Answered } from './api-world'

type Json = Record<string, any>

/** The document as a program gets it. */
export const DOCUMENT = JSON.parse(JSON.stringify(describeApi(ENDPOINTS))) as Json

const PROBLEM = DOCUMENT['components'].schemas.Problem as Json
const readers = new Map<unknown, z.ZodType>()

// a reference and its narrowing as one schema: what both ask for is asked for
function readerOf(schema: Json): z.ZodType {
  const whole = Array.isArray(schema['allOf'])
    ? { ...PROBLEM, properties: { ...PROBLEM['properties'], ...schema['allOf'][1].properties } } : schema
  const known = readers.get(schema) ?? z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
  readers.set(schema, known)
  return known
}

/** What of an answer the document does not say; nothing where it says all of it. */
export function undocumented({ method, path }: { method: string; path: string }, { status, headers, body }: Answered): string[] {
  const told = DOCUMENT['paths'][path]?.[method.toLowerCase()]?.responses[String(status)] as Json | undefined
  if (told === undefined) return [`${method} ${path} answers ${String(status)} ${JSON.stringify(body)}`]
  const [type, content] = Object.entries(told['content'] as Json)[0] as [string, Json]
  const faults = headers.get('content-type')?.startsWith(type) === true ? [] : [`${path}: ${String(headers.get('content-type'))}, not ${type}`]
  const read = readerOf(content['schema'] as Json).safeParse(body)
  return read.success ? faults : [...faults, `${method} ${path} ${String(status)}: ${z.prettifyError(read.error)} in ${JSON.stringify(body)}`]
}
