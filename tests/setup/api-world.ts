import { randomUUID } from 'node:crypto'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import { BASE, serve } from '@/lib/api/serve'
import type { UserActor } from '@/lib/auth/rules'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import type { TestDatabase } from './test-database'

/** An answer of the API, read. */
export interface Answered {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export interface Asked {
  method?: string
  path: string
  bearer?: string | undefined
  body?: unknown
  key?: string | undefined
  headers?: Record<string, string>
}

let callers = 0

/** Calls the API as a program does: a request with a bearer and, for a change, a key. Every call comes from another network. */
export async function callApi({ method = 'GET', path, bearer, body, key, headers = {} }: Asked): Promise<Answered> {
  callers += 1
  const changes = method !== 'GET' && method !== 'HEAD'
  const request = new Request(`http://localhost:3000${BASE}${path}`, {
    method,
    headers: {
      'x-forwarded-for': `10.${callers >> 16 & 255}.${callers >> 8 & 255}.${callers & 255}`,
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(changes ? { 'idempotency-key': key ?? randomUUID() } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
  } as RequestInit)
  const response = await serve(request, ENDPOINTS)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) }
}

/** Makes people with tokens, without the command line. */
export function tokenMaker({ rows }: Pick<TestDatabase, 'rows'>) {
  /** A token of a user; `days` until it runs out, fewer than none for one that has. */
  return async function tokenFor(userId: string, role: UserActor['role'], cityIds: readonly string[] = [], { revoked = false, days = 30 } = {}): Promise<string> {
    const token = `qonaq_${newToken()}`
    await rows(`insert into api_token (user_id, token_hash, name, role, city_ids, created_at, expires_at, revoked_at, last_used_on)
      values ($1, $2, 'Test', $3, $4, now() - interval '99 days', now() + make_interval(days => $5), $6, current_date)`,
    [userId, hashSecret('token', token), role, [...cityIds], days, revoked ? new Date() : null])
    return token
  }
}
