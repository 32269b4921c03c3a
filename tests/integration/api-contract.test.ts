import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import { codesOf, type Endpoint } from '@/lib/api/define-endpoint'
import { CASES, type Case } from '../setup/api-cases'
import { REFUSALS } from '../setup/api-refusals'
import { DOCUMENT, undocumented } from '../setup/api-document'
import { apiScenes, fingerprint, ROLES, type Role, type Scenes } from '../setup/api-scenes'
import { callApi, type Answered, type Asked } from '../setup/api-world'
import { SEALED } from '../setup/small-world'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let scenes: Scenes

beforeAll(async () => {
  database = await testDatabase()
  scenes = await apiScenes(database)
})

const NAMED = ENDPOINTS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)
const OK = 'OK'

/** Codes that were brought about somewhere in this file. */
const produced = new Set<unknown>()
const RIGHTFUL = { ANYBODY: 'anonymous', NEWCOMER: 'newcomer', HOST: 'host', COORDINATOR: 'coordinator', LEAD: 'lead' } as const

function endpointNamed(name: string): Endpoint {
  const found = ENDPOINTS.find((endpoint) => endpoint.name === name)
  if (found === undefined) throw new Error(`no endpoint ${name}`)
  return found
}

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

async function ask({ method }: Endpoint, { scene, path, body }: Case, role: Role, over: Partial<Asked> = {}): Promise<Answered> {
  const answered = await callApi({ method, path, bearer: scene.bearers[role], body, ...over })
  if (answered.status >= 400) produced.add(answered.body['code'])
  return answered
}

describe('the document', () => {
  it('has a case for every endpoint, and no case without one', () => {
    expect(Object.keys(CASES).sort()).toEqual(ENDPOINTS.map(({ name }) => name).sort())
    const operations = Object.values(DOCUMENT.paths).flatMap((path) => Object.values(path))
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
    const role = RIGHTFUL[endpoint.who]
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

describe('every declared refusal', () => {
  it('has a case, at its own endpoint', () => {
    const declared = ENDPOINTS.flatMap(({ name, refusals }) => refusals.map((code) => `${name} ${code}`))
    const made = REFUSALS.map(({ name, code }) => `${name} ${code}`)
    expect(declared.filter((one) => !made.includes(one))).toEqual([])
    expect(made.filter((one) => !declared.includes(one))).toEqual([])
  })

  it.each(REFUSALS.map((one) => [one.code, one.name, one] as const))('%s by %s', async (code, name, { make }) => {
    const endpoint = endpointNamed(name)
    const made = await make({ scenes, database })
    try {
      const before = await fingerprint(database)
      const answered = await ask(endpoint, made, RIGHTFUL[endpoint.who], made.bearer === undefined ? {} : { bearer: made.bearer })
      expect([answered.status, answered.body['code']]).toEqual([DOCUMENT.components['x-problems'][code]?.status, code])
      expect(undocumented(endpoint, answered).join('\n')).toBe('')
      // docs/adr/0011: a yes that may not be counts as a no, so that nobody waits for it
      if (code !== 'EXTEND_NOT_OPEN' && code !== 'EXTEND_OVER') expect(await fingerprint(database)).toEqual(before)
    } finally {
      await made.after?.()
    }
  })
})

describe('what every endpoint may answer', () => {
  it('stops a network that guesses, and nobody else on it', async () => {
    const { bearers } = await scenes.scene({ state: 'WAITING' })
    const from = { 'x-forwarded-for': '192.0.2.7' }
    const guess = () => callApi({ path: '/stay', bearer: '0'.repeat(26), headers: from })
    for (let tries = 0; tries < 20; tries += 1) expect((await guess()).status).toBe(401)
    const stopped = await guess()
    expect([stopped.status, stopped.body['code']]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(undocumented({ method: 'GET', path: '/stay' }, stopped).join('\n')).toBe('')
    expect((await callApi({ path: '/stay', bearer: bearers.newcomer, headers: from })).status).toBe(200)
    produced.add('RATE_LIMITED')
  })

  it('says when to come back where the database is too busy, and has done nothing', async () => {
    const made = await caseOf(endpointNamed('saySecondYes'))
    const other = await connect(database.connectionString)
    await other.rows('begin')
    await other.rows('select 1 from arrival where id = $1 for update', [made.scene.arrivalId])
    const answered = await ask(endpointNamed('saySecondYes'), made, 'lead')
    await other.rows('rollback')
    expect([answered.status, answered.body['code'], answered.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '5'])
    expect(undocumented({ method: 'POST', path: '/placements/{placementId}/second-yes' }, answered).join('\n')).toBe('')
  })

  it('says that it is our fault where a value does not open, and under which id it is in the log', async () => {
    const made = await caseOf(endpointNamed('revealAddress'))
    await database.rows('update home set address_sealed = $2 where id = $1', [made.scene.homeId, SEALED])
    const answered = await ask(endpointNamed('revealAddress'), made, 'newcomer')
    expect([answered.status, answered.body['code'], answered.body['about']]).toEqual([500, 'UNEXPECTED', { id: expect.stringMatching(/^[0-9a-f]{8}$/) as string }])
    expect(undocumented({ method: 'POST', path: '/stay/placements/{placementId}/address' }, answered).join('\n')).toBe('')
  })

  it('wants a key nobody guesses where it guards a secret', async () => {
    const made = await caseOf(endpointNamed('requestShelter'))
    for (const key of ['0000000000000001', 'abababababababababababababab']) {
      expect((await ask(endpointNamed('requestShelter'), made, 'anonymous', { key })).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_WEAK', status: 400 })
    }
  })

  it('refuses a key that came with another request', async () => {
    const key = randomUUID()
    const made = await caseOf(endpointNamed('requestShelter'))
    expect((await ask(endpointNamed('requestShelter'), made, 'anonymous', { key })).status).toBe(201)
    const other = { ...made, body: { ...(made.body as object), who: { adults: 3 } } }
    expect((await ask(endpointNamed('requestShelter'), other, 'anonymous', { key })).body).toMatchObject({ code: 'KEY_REUSED', status: 422 })
  })
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
      produced.add(answered.body['code'])
    }
  })
})

// the last test: everything above has asked
it('every code of the document was answered at least once', () => {
  expect(Object.keys(DOCUMENT.components['x-problems']).filter((code) => !produced.has(code))).toEqual([])
})
