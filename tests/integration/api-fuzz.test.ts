import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ENDPOINTS } from '@/app/api/v1/endpoints'
import type { Endpoint } from '@/lib/api/define-endpoint'
import { CASES, type Case } from '../setup/api-cases'
import { apiScenes, fingerprint, type Role, type Scenes } from '../setup/api-scenes'
import { callApi, type Answered } from '../setup/api-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'
import { FAR_DAYS, GOOD_TEXTS, WRONG_DAYS, WRONG_LINES, WRONG_MAILS, WRONG_NUMBERS, WRONG_SHARED_TEXTS, WRONG_TEXTS } from '../setup/wrong-values'

/** Requests for each endpoint; `QONAQ_FUZZ_RUNS=2000` for a long night, `QONAQ_FUZZ_SEED` to see a fault again. */
const RUNS = Number(process.env['QONAQ_FUZZ_RUNS'] ?? 15)
const SEED = Number(process.env['QONAQ_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const RIGHTFUL: Record<Endpoint['who'], Role> = {
  ANYBODY: 'anonymous', NEWCOMER: 'newcomer', HOST: 'host', COORDINATOR: 'coordinator', LEAD: 'lead',
}

let database: TestDatabase
let scenes: Scenes

beforeAll(async () => {
  database = await testDatabase()
  scenes = await apiScenes(database)
  console.log(`fuzz of the API: ${String(RUNS)} requests for each endpoint, seed ${String(SEED)}`)
})

const TEXTS = [WRONG_TEXTS, WRONG_LINES, WRONG_SHARED_TEXTS, WRONG_MAILS, GOOD_TEXTS, WRONG_DAYS, FAR_DAYS, WRONG_NUMBERS].flat()
  .map(([, value]) => (Buffer.isBuffer(value) ? value.toString('latin1') : value))
const NUMBERS = [-1, 0, -0, 0.5, 2 ** 31, 2 ** 53, 1e309, Number.MAX_SAFE_INTEGER, 999_999, 1, 2, 3]

/** What may stand in a field: the list of bad inputs, numbers at their borders, ids, days, and anything JSON has. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: fc.date({ min: new Date('1990-01-01'), max: new Date('2110-01-01'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10)) },
  { weight: 3, arbitrary: fc.constantFrom(null, true, false, [], {}, '', 'ADMIN', 'today', 'OTHER') },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** Where the fields of a request stand, as paths of names; of lists the first item. */
function placesIn(of: unknown, path: string[] = []): string[][] {
  if (typeof of !== 'object' || of === null) return [path]
  const inside = Array.isArray(of) ? of.slice(0, 1).flatMap((item) => placesIn(item, [...path, '0'])) : Object.entries(of).flatMap(([name, item]) => placesIn(item, [...path, name]))
  return [...(path.length > 0 ? [path] : []), ...inside]
}

function withValue(of: unknown, [name, ...rest]: string[], put: unknown): unknown {
  if (name === undefined) return put
  const copy: Record<string, unknown> | unknown[] = Array.isArray(of) ? [...(of as unknown[])] : { ...(of as object) }
  const before: unknown = Object.hasOwn(copy, name) ? Reflect.get(copy, name) : undefined
  // defined, not set: `__proto__` would become the copy's prototype, and no body would ever hold it
  Object.defineProperty(copy, name, { value: withValue(before, rest, put), enumerable: true, configurable: true, writable: true })
  return copy
}

it.each(['__proto__', 'constructor', 'role'])('sends a field of the name %s, or it would prove nothing', (name) => {
  for (const [body, path] of [[{ kept: 1 }, [name]], [{ kept: { also: 2 } }, ['kept', name]]] as const) {
    const sent = JSON.stringify(withValue(body, [...path], { put: 3 }))
    expect(sent).toContain(`"${name}":{"put":3}`)
    expect(sent).toContain('"kept"')
  }
})

/** All fields an endpoint knows, so that those a usual request leaves out are tried too. */
function knownFields({ body }: Endpoint): string[][] {
  const { properties = {} } = z.toJSONSchema(body, { io: 'input' })
  return Object.keys(properties).map((name) => [name])
}

type Change<Of> = (usual: Of) => Of

function wrongBodies(endpoint: Endpoint, usual: unknown): fc.Arbitrary<Change<unknown>> {
  const places = [...placesIn(usual ?? {}), ...knownFields(endpoint), ['role'], ['__proto__'], ['constructor']].filter((path) => path.length > 0)
  const changes = fc.array(fc.tuple(fc.constantFrom(...places), value), { minLength: 1, maxLength: 3 })
  const whole = fc.oneof(
    fc.json(), fc.string({ unit: 'binary', maxLength: 200 }), fc.uint8Array({ maxLength: 200 }),
    fc.anything({ withBigInt: false }).map((any) => JSON.stringify([any]).slice(1, -1)),
  )
  return fc.oneof(
    { weight: 8, arbitrary: changes.map((list) => (body: unknown) => list.reduce<unknown>((made, [path, put]) => withValue(made, path, put), body ?? {})) },
    { weight: 2, arbitrary: whole.map((text) => () => text) },
    { weight: 1, arbitrary: fc.constant((body: unknown) => body) },
  )
}

const word = fc.oneof(fc.constantFrom(...TEXTS.filter((one) => typeof one === 'string')), fc.string({ unit: 'binary', maxLength: 20 }))
  .map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 400))
const PARAMETERS = ['limit', 'view', 'from', 'until', 'search', '__proto__', 'x']
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/

function wrongPaths({ method, path: template }: Endpoint): fc.Arbitrary<Change<string>> {
  const queried = fc.tuple(word, fc.constantFrom(...PARAMETERS))
    .map(([text, name]) => (path: string) => `${path}${path.includes('?') ? '&' : '?'}${name}=${text}`)
  const filled = word.map((text) => (path: string) => path.replace(/=[^&]*/, `=${text}`))
  const other = fc.oneof(word, fc.uuid()).map((text) => (path: string) => path.replace(ID, text))
  const same = fc.constant((path: string) => path)
  const list = [{ weight: 1, arbitrary: queried }, { weight: template.includes('{') ? 1 : 0, arbitrary: other }]
  return method === 'GET' ? fc.oneof(...list, { weight: 2, arbitrary: filled }) : fc.oneof(...list, { weight: 9, arbitrary: same })
}

/** The database's count of transactions that wrote: while it stands still, nothing can have been written. */
async function writes(): Promise<string> {
  return String((await database.row('select pg_snapshot_xmax(pg_current_snapshot())::text as xid'))['xid'])
}

const answers = new Map<number, number>()
let withProto = 0

async function send({ method }: Endpoint, { scene }: Case, { path, body }: { path: string; body: unknown }, role: Role): Promise<Answered> {
  const json = { 'content-type': 'application/json' }
  const answered = await callApi({ method, path, bearer: scene.bearers[role], ...(method === 'GET' ? {} : { body, headers: json }) })
  if (method !== 'GET' && JSON.stringify(body ?? null).includes('"__proto__":')) withProto += 1
  answers.set(answered.status, (answers.get(answered.status) ?? 0) + 1)
  return answered
}

describe.each(ENDPOINTS.map((endpoint, number) => [`${endpoint.method} ${endpoint.path}`, endpoint, number] as const))('%s', (_name, endpoint, number) => {
  it('takes anything, is never at fault, and writes nothing where it refuses', async () => {
    const make = CASES[endpoint.name]
    if (make === undefined) throw new Error(`no case for ${endpoint.name}`)
    let made = await make(scenes)
    let before = { count: await writes(), sums: await fingerprint(database) }
    const requests = fc.record({ path: wrongPaths(endpoint), body: wrongBodies(endpoint, made.body) })
    // dice of its own: the same ones would draw the same kinds of wrong for each endpoint
    for (const change of fc.sample(requests, { numRuns: RUNS, seed: SEED + number })) {
      const request = { path: change.path(made.path), body: change.body(made.body) }
      const answered = await send(endpoint, made, request, RIGHTFUL[endpoint.who])
      const told = `seed ${String(SEED)}: ${JSON.stringify(request).slice(0, 1_000)} → ${String(answered.status)} ${JSON.stringify(answered.body)}`
      expect(answered.status, told).toBeLessThan(500)
      if (answered.status >= 400 && (await writes()) !== before.count) expect(await fingerprint(database), told).toEqual(before.sums)
      // whoever has said yes says it no more: the next one asks anew
      if (answered.status < 400 && endpoint.method !== 'GET') made = await make(scenes)
      if ((await writes()) !== before.count) before = { count: await writes(), sums: await fingerprint(database) }
    }
  }, 120_000)
})

it('reached the schemas and the commands behind them, or it would prove nothing', () => {
  console.log(`answers by status: ${JSON.stringify(Object.fromEntries(answers))}`)
  for (const status of [200, 201, 400, 404, 422]) expect(answers.get(status) ?? 0, String(status)).toBeGreaterThan(0)
  expect(withProto).toBeGreaterThan(0)
})
