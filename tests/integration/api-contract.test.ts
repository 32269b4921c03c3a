import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import { codesOf, type Endpoint } from '@/lib/api/define-endpoint'
import { CASES, type Case } from '../setup/api-cases'
import { DOCUMENT, undocumented } from '../setup/api-document'
import { apiScenes, fingerprint, ROLES, type Role, type Scenes } from '../setup/api-scenes'
import { callApi, type Answered, type Asked } from '../setup/api-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let scenes: Scenes

beforeAll(async () => {
  database = await testDatabase()
  scenes = await apiScenes(database)
})

const NAMED = ENDPOINTS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)
const OK = 'OK'

function caseOf({ name }: Endpoint): Promise<Case> {
  const make = CASES[name]
  if (make === undefined) throw new Error(`no case for ${name}`)
  return make(scenes)
}

/** What a role is told, by the table of who may; `OK`, or a status. */
function expectedFor({ who, path }: Endpoint, role: Role, { elsewhere = 404 }: Case): typeof OK | number {
  const hasId = path.includes('{')
  if (who === 'ANYBODY') return OK
  if (role === 'anonymous' || role === 'revoked') return 401
  const own = { NEWCOMER: 'newcomer', HOST: 'host', COORDINATOR: 'coordinator', LEAD: 'lead' }[who]
  if (role === own || (who === 'COORDINATOR' && role === 'lead')) return OK
  if (who === 'COORDINATOR' && role === 'elsewhere') return elsewhere === 200 ? OK : elsewhere
  const isOther = (who === 'NEWCOMER' && role === 'otherNewcomer') || (who === 'HOST' && role === 'otherHost')
  return isOther ? (hasId ? 404 : OK) : 403
}

function ask({ method }: Endpoint, { scene, path, body }: Case, role: Role, over: Partial<Asked> = {}): Promise<Answered> {
  return callApi({ method, path, bearer: scene.bearers[role], body, ...over })
}

describe('the document', () => {
  it('has a case for every endpoint, and no case without one', () => {
    expect(Object.keys(CASES).sort()).toEqual(ENDPOINTS.map(({ name }) => name).sort())
    const operations = Object.values(DOCUMENT['paths'] as Record<string, Record<string, { operationId: string }>>).flatMap(Object.values)
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(CASES).sort())
  })
})

describe.each(NAMED)('%s', (_name, endpoint) => {
  it('answers every role as documented, and writes nothing for those it is not for', async () => {
    const first = await caseOf(endpoint)
    const before = await fingerprint(database)
    for (const role of ROLES) {
      const expected = expectedFor(endpoint, role, first)
      if (expected === OK) continue
      const answered = await ask(endpoint, first, role)
      expect([role, answered.status, answered.body['code']]).toEqual([role, expected, expect.any(String)])
      expect(undocumented(endpoint, answered).join('\n')).toBe('')
    }
    expect(await fingerprint(database)).toEqual(before)
  })

  it('does it for those it is for, once per key', async () => {
    for (const role of ROLES) {
      const made = await caseOf(endpoint)
      if (expectedFor(endpoint, role, made) !== OK) continue
      const key = randomUUID()
      const answered = await ask(endpoint, made, role, { key })
      expect([role, answered.status, answered.body]).toEqual([role, endpoint.makes ? 201 : 200, answered.body])
      expect(undocumented(endpoint, answered).join('\n')).toBe('')
      expect(answered.headers.get('cache-control')).toBe('no-store')
      expect(answered.headers.get('idempotency-replayed')).toBeNull()
      if (endpoint.keyed) await replays(endpoint, made, { role, key, answered })
    }
  })

  async function replays(of: Endpoint, made: Case, { role, key, answered }: { role: Role; key: string; answered: Answered }) {
    const before = await fingerprint(database)
    const again = await ask(of, made, role, { key })
    expect([role, again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([role, answered.status, answered.body, 'true'])
    expect(await fingerprint(database)).toEqual(before)
  }

  it('refuses what is no request of its kind, and writes nothing', async () => {
    const made = await caseOf(endpoint)
    const role = { ANYBODY: 'anonymous', NEWCOMER: 'newcomer', HOST: 'host', COORDINATOR: 'coordinator', LEAD: 'lead' }[endpoint.who] as Role
    const before = await fingerprint(database)
    const expected = await faults(endpoint, made, role)
    for (const [code, answered] of expected) {
      expect([code, answered.body['code'], answered.headers.get('cache-control')]).toEqual([code, code, 'no-store'])
      expect(undocumented(endpoint, answered).join('\n')).toBe('')
    }
    expect(expected.map(([code]) => code).filter((code) => !codesOf(endpoint).includes(code as never))).toEqual([])
    expect(await fingerprint(database)).toEqual(before)
  })

  async function faults(of: Endpoint, made: Case, role: Role): Promise<[code: string, Answered][]> {
    const wrong = (over: Partial<Asked>) => ask(of, made, role, over)
    const list: [string, Answered][] = [
      ['CHECK_FIELDS', await wrong({ path: `${made.path}${made.path.includes('?') ? '&' : '?'}approvedBy=1` })],
    ]
    if (of.path.includes('{')) {
      list.push(['NOT_FOUND', await wrong({ path: made.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, randomUUID()) })])
    }
    if (of.method === 'GET') return list
    return [
      ...list,
      ['CHECK_FIELDS', await wrong({ body: { ...(made.body as object), role: 'ADMIN' } })],
      ['INVALID_JSON', await wrong({ body: '{"a": 1,}' })],
      ['INVALID_JSON', await wrong({ body: '{"a": 1, "\\u0061": 2}' })],
      ['BODY_TOO_LARGE', await wrong({ body: JSON.stringify({ a: 'x'.repeat(70_000) }) })],
      ['CONTENT_TYPE', await wrong({ body: made.body ?? {}, headers: { 'content-type': 'text/plain' } })],
      ...(of.keyed ? [['IDEMPOTENCY_KEY_MISSING', await wrong({ key: '' })] as [string, Answered]] : []),
    ]
  }
})

describe('every path', () => {
  const paths = [...new Set(ENDPOINTS.map(({ path }) => path))]

  it.each(paths)('%s says which methods it has, and has no others', async (template) => {
    const here = ENDPOINTS.filter(({ path }) => path === template)
    const path = template.replaceAll(/\{\w+\}/g, () => randomUUID())
    const allow = [...here.map(({ method }) => method), ...(here.some(({ method }) => method === 'GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
    const options = await callApi({ method: 'OPTIONS', path })
    expect([options.status, options.headers.get('allow'), options.headers.get('access-control-allow-origin')]).toEqual([204, allow, null])
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !allow.includes(one))) {
      const answered = await callApi({ method, path })
      expect([method, answered.status, answered.headers.get('allow'), answered.body['code']]).toEqual([method, 405, allow, 'METHOD_NOT_ALLOWED'])
    }
  })
})
