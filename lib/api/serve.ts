import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { credentialIn } from '@/lib/auth/bearer'
import { isUnavailable } from '@/lib/db/sqlstate'
import { AppError } from '@/lib/errors'
import { DEFAULT_LOCALE, type Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { hashSecret } from '@/lib/privacy/secret'
import { faultsIn } from '@/lib/result'
import { idText } from '@/lib/text/schema'
import { admit } from './admit'
import type { Code } from './codes'
import type { Endpoint } from './define-endpoint'
import { fieldErrors, languageOf, misfitsIn, problem, type Misfit } from './problem'
import { readBody, Unreadable } from './read-body'

/** Where the endpoints' paths begin. */
export const BASE = '/api/v1'
const KEY = /^[0-9A-Za-z_-]{16,64}$/
/** 128 bits in base64url have 22 signs; somebody's own counting has few different ones. */
const GUARDED_KEY = { length: 22, signs: 8 }
const RETRY_SECONDS = '5'
const MAX_PARAMETERS = 20

interface Found {
  endpoint: Endpoint
  params: Record<string, string>
}

/** The ids in a path, `null` where the path is another one. An id that is none is another path. */
function paramsIn(path: string, template: string): Record<string, string> | null {
  const [parts, wanted] = [path.split('/'), template.split('/')]
  if (parts.length !== wanted.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const given = parts[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== given) return null
    } else if (idText.safeParse(given).success) params[part.slice(1, -1)] = given
    else return null
  }
  return params
}

function findAt(endpoints: readonly Endpoint[], path: string): Found[] {
  return endpoints.flatMap((endpoint) => {
    const params = paramsIn(path, endpoint.path)
    return params === null ? [] : [{ endpoint, params }]
  })
}

/** Methods a path has, as `Allow` lists them. */
function allowed(found: readonly Found[]): string {
  const methods = found.map(({ endpoint }) => endpoint.method)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

/** A refusal on the way to the command; answered as a problem. */
class Stopped extends Error {
  constructor(readonly code: Code, readonly fields?: { found: Misfit[]; place: 'body' | 'query' }) {
    super(code)
    this.name = 'Stopped'
  }
}

function bearerHash(headers: Headers): string {
  return hashSecret('request', `bearer ${credentialIn(headers.get('authorization'))}`)
}

function readKey({ keyed, guardedKey }: Endpoint, headers: Headers): string {
  if (!keyed) return ''
  const key = headers.get('idempotency-key') ?? ''
  if (!KEY.test(key)) throw new Stopped('IDEMPOTENCY_KEY_MISSING')
  const isWeak = key.length < GUARDED_KEY.length || new Set(key).size < GUARDED_KEY.signs
  if (guardedKey && isWeak) throw new Stopped('IDEMPOTENCY_KEY_WEAK')
  return key
}

function checked(schema: z.ZodType, value: unknown, place: 'body' | 'query'): unknown {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Stopped('CHECK_FIELDS', { found: misfitsIn(parsed.error), place })
  return parsed.data
}

// a parameter that stands twice is a list, which no schema of ours takes
function readQuery({ searchParams }: URL): Record<string, unknown> {
  const names = [...new Set(searchParams.keys())].slice(0, MAX_PARAMETERS)
  return Object.fromEntries(names.map((name) => {
    const all = searchParams.getAll(name)
    return [name, all.length === 1 ? all[0] : all]
  }))
}

async function perform({ endpoint, params }: Found, request: Request, locale: Locale | null): Promise<Response> {
  const actor = await admit(endpoint, request.headers)
  const key = readKey(endpoint, request.headers)
  const url = new URL(request.url)
  const query = checked(endpoint.query, readQuery(url), 'query')
  const body = endpoint.method === 'GET' ? null : checked(endpoint.body, await readBody(request), 'body')
  const requestHash = hashSecret('request', `${endpoint.method} ${url.pathname} ${JSON.stringify(body)}`)
  const result = await endpoint.run({
    actor: actor as never, params, query, body, key, requestHash, bearerHash: bearerHash(request.headers), locale: locale ?? DEFAULT_LOCALE,
  })
  if (result.ok) return accepted(endpoint, result.value, result.replayed === true)
  if (result.reason === 'CHECK_FIELDS') throw new Stopped('CHECK_FIELDS', { found: faultsIn(result.detail), place: 'body' })
  const about = typeof result.detail === 'object' && result.detail !== null ? { ...result.detail } : {}
  return problem(result.reason, { locale, about })
}

function accepted({ answer, makes }: Endpoint, value: unknown, replayed: boolean): Response {
  return new Response(JSON.stringify(answer.parse(value)), {
    status: makes ? 201 : 200,
    headers: {
      'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store',
      ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    },
  })
}

function stopHeaders({ code, detail }: AppError): Record<string, string> {
  if (code === 'RATE_LIMITED') return { 'Retry-After': String(Number(detail ?? 60) || 60) }
  return code === 'UNAUTHENTICATED' ? { 'WWW-Authenticate': 'Bearer' } : {}
}

async function stopped(error: unknown, endpoint: Endpoint, locale: Locale | null): Promise<Response> {
  if (error instanceof Unreadable) return problem(error.code, { locale })
  if (error instanceof Stopped) {
    const errors = error.fields && (await fieldErrors(error.fields.found, error.fields.place, locale))
    return problem(error.code, { locale, ...(errors ? { errors } : {}) })
  }
  if (isUnavailable(error)) {
    log.warn({ endpoint: endpoint.name, err: error }, 'the database is away or too busy')
    return problem('UNAVAILABLE', { locale, headers: { 'Retry-After': RETRY_SECONDS } })
  }
  if (error instanceof AppError) {
    return problem(error.code, { locale, about: error.code === 'RATE_LIMITED' ? { seconds: Number(error.detail) || 60 } : {}, headers: stopHeaders(error) })
  }
  const id = randomUUID().slice(0, 8)
  log.error({ id, endpoint: endpoint.name, err: error }, 'endpoint failed')
  return problem('UNEXPECTED', { locale, about: { id } })
}

/** Who was erased by this bearer and key before asks once more, and is nobody by now. */
async function doneBefore({ endpoint }: Found, { headers }: Request): Promise<Response | null> {
  const key = headers.get('idempotency-key') ?? ''
  const before = KEY.test(key) ? await endpoint.doneBefore({ key, bearerHash: bearerHash(headers) }) : null
  return before === null ? null : accepted(endpoint, before.value, true)
}

async function answer(found: Found, request: Request, locale: Locale | null): Promise<Response> {
  try {
    return await perform(found, request, locale)
  } catch (error) {
    const isNobody = error instanceof AppError && error.code === 'UNAUTHENTICATED'
    return (isNobody ? await doneBefore(found, request) : null) ?? stopped(error, found.endpoint, locale)
  }
}

/**
 * Serves a request to one of the endpoints: method, who speaks, rate, key, schema, command, answer. Whatever is sent, a
 * fault of the request is answered with 4xx and has written nothing.
 */
export async function serve(request: Request, endpoints: readonly Endpoint[]): Promise<Response> {
  const locale = languageOf(request.headers.get('accept-language'))
  const path = new URL(request.url).pathname.slice(BASE.length)
  const found = findAt(endpoints, path)
  if (found.length === 0) return problem('NOT_FOUND', { locale })
  const allow = { Allow: allowed(found), 'Cache-Control': 'no-store' }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: allow })
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const here = found.find(({ endpoint }) => endpoint.method === method)
  if (here === undefined) return problem('METHOD_NOT_ALLOWED', { locale, headers: allow })
  const { status, headers, body } = await answer(here, request, locale)
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}
