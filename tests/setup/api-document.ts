import { z } from 'zod'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import { describeApi } from '@/lib/api/openapi'
import type { Answered } from './api-world'

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>
interface Schema extends JsonSchema {
  allOf?: [reference: JsonSchema, narrowing: JsonSchema]
}
type Responses = Record<string, { content: Record<string, { schema: Schema }> }>
interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Responses }>>
  components: { schemas: { Problem: Schema }; 'x-problems': Record<string, { status: number }> }
}

/** The document as a program gets it. */
export const DOCUMENT = JSON.parse(JSON.stringify(describeApi(ENDPOINTS))) as Document

const PROBLEM = DOCUMENT.components.schemas.Problem
const readers = new Map<unknown, z.ZodType>()

// a reference and its narrowing as one schema: what both ask for is asked for
function readerOf(schema: Schema): z.ZodType {
  const whole = schema.allOf ? { ...PROBLEM, properties: { ...PROBLEM.properties, ...schema.allOf[1].properties } } : schema
  const known = readers.get(schema) ?? z.fromJSONSchema(whole)
  readers.set(schema, known)
  return known
}

/** What of an answer the document does not say; nothing where it says all of it. */
export function undocumented({ method, path }: { method: string; path: string }, { status, headers, body }: Answered): string[] {
  const told = DOCUMENT.paths[path]?.[method.toLowerCase()]?.responses[String(status)]
  if (told === undefined) return [`${method} ${path} answers ${String(status)} ${JSON.stringify(body)}`]
  const [[type, content]] = Object.entries(told.content) as [[string, { schema: Schema }]]
  const faults = headers.get('content-type')?.startsWith(type) === true ? [] : [`${path}: ${String(headers.get('content-type'))}, not ${type}`]
  const read = readerOf(content.schema).safeParse(body)
  return read.success ? faults : [...faults, `${method} ${path} ${String(status)}: ${z.prettifyError(read.error)} in ${JSON.stringify(body)}`]
}
