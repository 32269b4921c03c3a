import { z } from 'zod'
import { CODES, statusOf, type Code } from './codes'
import { codesOf, type Endpoint } from './define-endpoint'

type Json = Record<string, unknown>

const ANY_CODE_TITLE = 'A problem as RFC 9457 writes it. `code` never changes its meaning.'
const DESCRIPTION = [
  'Thin doors over the commands the screens use. A day is `YYYY-MM-DD` in the calendar of the home’s town; a run of nights is',
  'half-open: `until` is the morning of leaving. Every change carries an `Idempotency-Key`: sent again with the same request it is',
  'answered again, marked `Idempotency-Replayed: true`; with another request it is refused. No answer holds a contact, and an',
  'address only where a newcomer opens that of their own stay.',
].join(' ')

// a format says what the pattern of a day, an instant or an id says in two hundred signs
function shorten({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern']
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', override: shorten })
  return rest
}

function isEmpty(schema: Json): boolean {
  return Object.keys(schema['properties'] ?? {}).length === 0
}

function pathParameters(path: string): Json[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => (
    { name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }))
}

function queryParameters({ query }: Endpoint): Json[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

function keyParameter({ keyed, guardedKey }: Endpoint): Json[] {
  if (!keyed) return []
  const schema = { type: 'string', pattern: '^[0-9A-Za-z_-]{16,64}$', ...(guardedKey ? { minLength: 22 } : {}) }
  return [{ name: 'Idempotency-Key', in: 'header', required: true, schema, description: 'Made by chance for this one change, 128 bits or more.' }]
}

function bodyOf({ body, method }: Endpoint): Json {
  const schema = schemaOf(body, 'input')
  if (method === 'GET' || isEmpty(schema)) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

const replayed = { 'Idempotency-Replayed': { schema: { const: 'true' }, description: 'Present when the first answer is given again.' } }

function success(endpoint: Endpoint): Json {
  return {
    [endpoint.makes ? 201 : 200]: {
      description: 'Done',
      ...(endpoint.keyed ? { headers: replayed } : {}),
      content: { 'application/json': { schema: schemaOf(endpoint.answer, 'output') } },
    },
  }
}

/** One answer for each status, with the codes it may carry. */
function problems(endpoint: Endpoint): Json {
  const codes = [...new Set(codesOf(endpoint))]
  const statuses = [...new Set(codes.map(statusOf))].sort((one, other) => one - other)
  return Object.fromEntries(statuses.map((status) => {
    const here = codes.filter((code) => statusOf(code) === status)
    const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: here } } }] }
    return [status, { description: here.join(', '), content: { 'application/problem+json': { schema } } }]
  }))
}

const SCHEMES: Record<Endpoint['who'], Json[]> = {
  ANYBODY: [], NEWCOMER: [{ secret: [] }], HOST: [{ token: [] }], COORDINATOR: [{ token: [] }], LEAD: [{ token: [] }],
}

function operation(endpoint: Endpoint): Json {
  return {
    operationId: endpoint.name, summary: endpoint.summary, tags: [endpoint.who.toLowerCase()], security: SCHEMES[endpoint.who],
    // who it is for, from least to most; the act is the row of the one table of permissions
    'x-who': endpoint.who, 'x-permission': endpoint.permission,
    parameters: [...pathParameters(endpoint.path), ...queryParameters(endpoint), ...keyParameter(endpoint)],
    ...bodyOf(endpoint),
    responses: { ...success(endpoint), ...problems(endpoint) },
  }
}

function pathsOf(endpoints: readonly Endpoint[]): Json {
  const paths = [...new Set(endpoints.map(({ path }) => path))]
  return Object.fromEntries(paths.map((path) => [
    path,
    Object.fromEntries(endpoints.filter((one) => one.path === path).map((one) => [one.method.toLowerCase(), operation(one)])),
  ]))
}

/** `405` belongs to every path and to no operation. */
function usedCodes(endpoints: readonly Endpoint[]): Code[] {
  const used = new Set<Code>(['METHOD_NOT_ALLOWED', ...endpoints.flatMap(codesOf)])
  return (Object.keys(CODES) as Code[]).filter((code) => used.has(code))
}

function problemSchema(codes: readonly Code[]): Json {
  return {
    type: 'object', description: ANY_CODE_TITLE, required: ['type', 'title', 'status', 'detail', 'code'], additionalProperties: false,
    properties: {
      type: { type: 'string', description: 'A reference to the problem in this document.' }, title: { type: 'string' }, status: { type: 'integer' },
      detail: { type: 'string', description: 'Plain English, or a sentence in the language Accept-Language asks for: ru, kk or en.' },
      code: { enum: codes },
      about: { type: 'object', description: 'Ids, states and nights the refusal is about.' },
      errors: {
        type: 'array',
        items: {
          type: 'object', required: ['code', 'detail'], additionalProperties: false,
          properties: {
            pointer: { type: 'string', description: 'Into the body (RFC 6901).' }, parameter: { type: 'string' },
            code: { type: 'string' }, detail: { type: 'string' },
          },
        },
      },
    },
  }
}

/** The OpenAPI 3.1 document of these endpoints: made of the schemas that check and answer, so it cannot say otherwise. */
export function describeApi(endpoints: readonly Endpoint[]): Json {
  const codes = usedCodes(endpoints)
  return {
    openapi: '3.1.0',
    info: { title: 'Qonaq', version: '1', description: DESCRIPTION, license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' } },
    servers: [{ url: '/api/v1' }],
    paths: pathsOf(endpoints),
    components: {
      securitySchemes: {
        secret: { type: 'http', scheme: 'bearer', description: 'The 26 characters of a newcomer’s secret.' },
        token: { type: 'http', scheme: 'bearer', description: 'A token made by `npm run token`, with a role and towns.' },
      },
      schemas: { Problem: problemSchema(codes) },
      'x-problems': Object.fromEntries(codes.map((code) => [code, { status: statusOf(code), title: CODES[code][1] }])),
    },
  }
}
