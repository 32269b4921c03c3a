import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { newRequest } from '../setup/api-cases'
import { apiScenes, fingerprint, type Scenes } from '../setup/api-scenes'
import { callApi, type Answered } from '../setup/api-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let scenes: Scenes
let coordinator: string
let lead: string

beforeAll(async () => {
  database = await testDatabase()
  scenes = await apiScenes(database)
  ;({ coordinator, lead } = scenes.staff)
})

const get = (path: string, bearer: string) => callApi({ path, bearer })
const post = (path: string, bearer: string | undefined, body?: unknown, key?: string) => callApi({ method: 'POST', path, bearer, body, key })

/** An answer that went well; else what the problem says stands in the test's own words. */
async function done(answer: Promise<Answered>): Promise<Record<string, unknown>> {
  const { status, body } = await answer
  expect([status < 300, body]).toEqual([true, body])
  return body
}

/** A host who has applied and whom nobody has met, with a token. */
async function applicant(): Promise<string> {
  const { userId, hostId } = await scenes.home({ sleeps: [1] })
  await database.rows(`update host set state = 'APPLIED', vetted_until = null where id = $1`, [hostId])
  return scenes.tokenFor(userId, 'HOST')
}

describe('the main job, by programs only', () => {
  it('ask, offer, vet, propose, three yeses and a second one, arrive, extend, depart', async () => {
    const host = await applicant()
    const { home, host: hostId } = await done(post('/host/homes', host, {
      what: { kind: 'FLAT', rooms: 1, places: 3 }, where: { cityId: 'almaty', address: 'Абая 12' },
      when: { from: await scenes.day(0), until: await scenes.day(30) }, house: { childrenWelcome: true, animalsWelcome: true }, legal: true, rules: true,
    })) as { home: string; host: string }
    const versionOfHost = async () => (await done(get(`/hosts/${hostId}`, coordinator)))['version']
    await done(post(`/hosts/${hostId}/visits`, coordinator, { version: await versionOfHost(), doneOn: await scenes.day(0), seen: true, homes: [home] }))
    for (const referee of ['Neighbour', 'Colleague']) {
      await done(post(`/hosts/${hostId}/references`, lead, { version: await versionOfHost(), doneOn: await scenes.day(-1), referee, apart: true }))
    }
    expect(await done(get('/host', host))).toMatchObject({ state: 'VETTED', visited: true, references: 2 })

    const { secret, arrivalId } = await done(post('/requests', undefined, { ...newRequest(), who: { adults: 2, childrenAges: [4] } })) as { secret: string; arrivalId: string }
    expect((await done(get('/queue', coordinator)))['waiting']).toContainEqual(expect.objectContaining({ id: arrivalId, persons: 3 }))
    const found = await done(get(`/arrivals/${arrivalId}/candidates`, coordinator)) as { nights: { from: string }; candidates: { roomId: string; homeId: string }[] }
    const room = found.candidates.find(({ homeId }) => homeId === home)
    const { placementIds: [placementId = ''] } = await done(post('/plans', coordinator, {
      arrivalId, from: found.nights.from, roomIds: [room?.roomId],
    })) as { placementIds: string[] }
    expect(await done(get('/stay', secret))).toMatchObject({ stage: 'PROPOSED' })
    expect((await post(`/stay/placements/${placementId}/address`, secret)).body).toMatchObject({ code: 'NOT_OPEN', status: 409 })

    await done(post(`/stay/placements/${placementId}/yes`, secret, { legal: true }))
    expect((await done(get('/host/stays', host)))['stays']).toEqual([expect.objectContaining({ placementId, needsAnswer: true })])
    expect(await done(post(`/host/placements/${placementId}/yes`, host, { legal: true }))).toEqual({ confirmed: false })
    const versionOf = async () => (await done(get(`/placements/${placementId}`, lead)))['version']
    expect(await done(post(`/placements/${placementId}/second-yes`, lead, { version: await versionOf() }))).toEqual({ confirmed: true })
    expect(await done(post(`/stay/placements/${placementId}/address`, secret))).toMatchObject({ cityId: 'almaty', address: 'Абая 12' })

    await done(post(`/placements/${placementId}/arrival`, coordinator, { version: await versionOf() }))
    await done(post(`/stay/placements/${placementId}/extension`, secret, { until: await scenes.day(6) }))
    expect(await done(post(`/host/placements/${placementId}/extension`, host, { agree: true }))).toEqual({ agreed: true })
    expect(await done(get('/stay', secret))).toMatchObject({ stage: 'ARRIVED', plans: [{ homes: [{ nights: { until: await scenes.day(6) } }] }] })
    expect(await done(post(`/placements/${placementId}/departure`, coordinator, {
      version: await versionOf(), reason: 'OWN_RENT', destination: 'SETTLED',
    }))).toEqual({ ended: 1 })
    expect(await done(get('/stay', secret))).toMatchObject({ stage: 'ENDED', lastEnd: { state: 'DEPARTED' } })
  })

  it('leaves a database about which every statement holds', async () => {
    const client = new Client({ connectionString: database.connectionString })
    await client.connect()
    const answers = await checkInvariants(client).finally(() => client.end())
    expect(answers.filter(({ violations }) => violations.length > 0)).toEqual([])
  })
})

describe('a key', () => {
  it('makes one request of ten that are sent at once, with one secret', async () => {
    const [key, body] = [randomUUID(), newRequest()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/requests', undefined, body, key)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1)
  })

  it.each([
    ['a function of the database', async () => {
      const { placementId, bearers } = await scenes.scene()
      return [`/stay/placements/${placementId}/no`, bearers.newcomer, { reason: 'TOO_FAR' }, { reason: 'NOT_SAFE' }] as const
    }],
    ['a transaction of ours', async () => {
      const { roomId, bearers } = await scenes.scene({ state: 'WAITING' })
      const nights = { version: await scenes.versionOf('room', roomId), from: await scenes.day(50) }
      return [`/host/rooms/${roomId}/closures`, bearers.host, { ...nights, until: await scenes.day(60) }, { ...nights, until: await scenes.day(61) }] as const
    }],
    ['an offer', async () => {
      const { bearers } = await scenes.scene({ state: 'WAITING' })
      const offer = {
        what: { kind: 'FLAT', rooms: 1, places: 1 }, when: { from: await scenes.day(0), until: await scenes.day(9) }, house: {}, legal: true, rules: true,
      }
      return ['/host/homes', bearers.host, { ...offer, where: { cityId: 'almaty', address: 'Абая 1' } }, { ...offer, where: { cityId: 'almaty', address: 'Абая 2' } }] as const
    }],
  ])('opens one request only: %s', async (_what, prepare) => {
    const [path, bearer, body, other] = await prepare()
    const key = randomUUID()
    await done(post(path, bearer, body, key))
    const before = await fingerprint(database)
    expect((await post(path, bearer, other, key)).body).toMatchObject({ code: 'KEY_REUSED', status: 422 })
    expect(await fingerprint(database)).toEqual(before)
  })

  it('answers a plan again that a rule refuses by now', async () => {
    const { arrivalId, roomId, bearers } = await scenes.scene({ state: 'WAITING' })
    const [key, body] = [randomUUID(), { arrivalId, from: await scenes.day(0), roomIds: [roomId] }]
    const first = await done(post('/plans', bearers.coordinator, body, key))
    await database.rows('update arrival set step_free = true where id = $1', [arrivalId])
    expect(await done(post('/plans', bearers.coordinator, body, key))).toEqual(first)
    expect((await post('/plans', bearers.coordinator, body)).body).toMatchObject({ code: 'NO_LONGER_FITS' })
  })
})

describe('a key of a desk that counts its requests, a week later', () => {
  const forget = async () => {
    await database.rows(`update idempotency_key set at = at - interval '8 days'`)
    await database.rows('select prune_keys()')
  }
  const count = async () => (await database.row('select count(*)::int as arrivals from arrival'))['arrivals']

  it('takes the request of somebody else, and no guest’s secret opens the page of another', async () => {
    const enter = (key: string) => post('/arrivals', scenes.staff.coordinator, { ...newRequest(), source: 'DESK' }, key)
    const key = 'desk-request-0000000001'
    const first = await done(enter(key))
    await forget()
    const second = await done(enter(key))
    const arrivalOf = async (secret: unknown) => (await done(callApi({ path: '/stay', bearer: String(secret) })))['arrivalId']
    expect(second['arrivalId']).not.toBe(first['arrivalId'])
    expect([await arrivalOf(first['secret']), await arrivalOf(second['secret'])]).toEqual([first['arrivalId'], second['arrivalId']])
  })

  it('is refused where it comes with the very same words, which may be the same people', async () => {
    const [key, body] = ['desk-request-0000000002', { ...newRequest(), source: 'DESK' }]
    await done(post('/arrivals', scenes.staff.coordinator, body, key))
    await forget()
    const before = await count()
    expect(await post('/arrivals', scenes.staff.coordinator, body, key)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } })
    expect(await count()).toBe(before)
    expect((await post('/arrivals', scenes.staff.coordinator, body)).status).toBe(201)
  })
})

describe('erasing', () => {
  it('is answered again to the secret that was erased, and to no other under the same key', async () => {
    const key = '0'.repeat(16)
    const erase = (bearer: string | undefined) => callApi({ method: 'DELETE', path: '/stay', bearer, key })
    const erasedAt = async (arrivalId: string) => (await database.row('select erased_at from arrival where id = $1', [arrivalId]))['erased_at']
    const [one, other] = [await scenes.newcomer(), await scenes.newcomer()]
    const mistyped = `${other.secret.slice(0, -1)}${other.secret.endsWith('0') ? '1' : '0'}`
    await done(erase(one.secret))
    const again = await erase(one.secret)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    for (const bearer of [mistyped, 'x', undefined]) expect((await erase(bearer)).body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 })
    expect(await erasedAt(other.arrivalId)).toBeNull()
    await done(erase(other.secret))
    expect(await erasedAt(other.arrivalId)).not.toBeNull()
    expect((await erase(other.secret)).status).toBe(200)
  })
})

describe('many plans at once', () => {
  it('go through but for the one that was lost, which is named with who was faster', async () => {
    const [one, other, late] = [await scenes.scene({ state: 'WAITING' }), await scenes.scene({ state: 'WAITING' }), await scenes.scene({ state: 'WAITING' })]
    const proposals = await Promise.all([one, other, { ...late, roomId: one.roomId }, { ...late, arrivalId: randomUUID() }].map(async ({ arrivalId, roomId }) => (
      { arrivalId, kind: 'SINGLE', legs: [{ roomId, from: await scenes.day(0), until: await scenes.day(10), adults: 1 }] })))
    const { outcomes } = await done(post('/plans/many', one.bearers.coordinator, { proposals }))
    expect(outcomes).toEqual([
      expect.objectContaining({ arrivalId: one.arrivalId, ok: true, placementIds: [expect.any(String)] }),
      expect.objectContaining({ arrivalId: other.arrivalId, ok: true }),
      expect.objectContaining({ arrivalId: late.arrivalId, ok: false, reason: 'ROOM_TAKEN', detail: expect.objectContaining({ byName: 'Aigul', roomId: one.roomId }) as unknown }),
      expect.objectContaining({ ok: false, reason: 'NOT_FOUND' }),
    ])
  })
})

describe('a token of the team, of somebody who hosts', () => {
  /** Requests that speak for the host of a placement, by the endpoints of the team. */
  async function asIfHost(placementId: string): Promise<[path: string, body: object | undefined][]> {
    const of = { version: await scenes.versionOf('placement', placementId) }
    const no = { ...of, side: 'HOST', reason: 'OTHER', needsPlace: true }
    return [['no', no], ['cancellation', no], ['departure', { ...of, reason: 'HOST_ENDED_EARLY', needsPlace: true }], ['extension-refusal', undefined]]
  }

  it.each([
    ['in another town', ['astana'], { status: 404, code: 'NOT_FOUND' }], ['in their own town', ['almaty'], { status: 409, code: 'OWN_HOME' }],
  ])('ends and refuses nothing of their own home as its host: %s', async (_where, cities, refusal) => {
    const [asked, there] = [await scenes.scene(), await scenes.scene({ state: 'ARRIVED' })]
    await done(post(`/stay/placements/${there.placementId}/extension`, there.bearers.newcomer, { until: await scenes.day(6) }))
    const tokens = await Promise.all([asked, there].map(async ({ hostId }) => {
      const { id } = await database.row(`update "user" set role = 'LEAD', city_ids = $2 where id = (select user_id from host where id = $1)
        returning id`, [hostId, cities])
      return scenes.tokenFor(String(id), 'COORDINATOR', cities)
    }))
    const before = await fingerprint(database)
    for (const [index, { placementId }] of [asked, there].entries()) {
      for (const [path, body] of await asIfHost(placementId)) {
        expect([path, (await post(`/placements/${placementId}/${path}`, tokens[index], body)).body]).toEqual([path, expect.objectContaining(refusal)])
      }
    }
    expect(await fingerprint(database)).toEqual(before)
    await done(post(`/host/placements/${asked.placementId}/no`, asked.bearers.host, { reason: 'OTHER' }))
    expect(await done(post(`/host/placements/${there.placementId}/extension`, there.bearers.host, { agree: false }))).toEqual({ agreed: false })
  })
})

describe('a program', () => {
  it('reads plain English, or a sentence in its language, and the code in every one', async () => {
    const ask = (language: string) => callApi({ path: '/stay', headers: { 'accept-language': language } })
    for (const [language, expected] of [['ru-RU,ru;q=0.9', 'ru'], ['kk', 'kk'], ['fr', 'en'], ['', 'en']] as const) {
      const { body, headers } = await ask(language)
      expect([headers.get('content-language'), body['code'], headers.get('www-authenticate')]).toEqual([expected, 'UNAUTHENTICATED', 'Bearer'])
    }
    expect(new Set(await Promise.all(['', 'ru', 'kk', 'en'].map(async (language) => (await ask(language)).body['detail']))).size).toBe(4)
  })

  it('is shown where in its body something does not fit', async () => {
    const body = { ...newRequest(), where: { cityId: 'atlantis', firstNight: '2026-02-30', nights: 91 }, 'a/b~c': 1 }
    const { errors } = (await post('/requests', undefined, body)).body as { errors: { pointer: string; code: string }[] }
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/a~1b~0c FIELD_UNKNOWN', '/where/cityId CITY_UNKNOWN', '/where/firstNight DAY_INVALID', '/where/nights NUMBER_INVALID',
    ])
  })

  it('is not waited for when its body has no end', async () => {
    let sent = 0
    const endless = new ReadableStream({ pull: (controller) => { sent += 1; controller.enqueue(new Uint8Array(16_384).fill(32)) } })
    const { serve } = await import('@/lib/api/serve')
    const { ENDPOINTS } = await import('@/app/api/v1/endpoints')
    const request = new Request('http://localhost:3000/api/v1/requests', {
      method: 'POST', body: endless, duplex: 'half', headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'content-length': '2' },
    } as RequestInit)
    expect((await serve(request, ENDPOINTS)).status).toBe(413)
    expect(sent).toBeLessThan(20)
  })

  it('is no browser: a cookie that is signed in opens nothing', async () => {
    expect((await callApi({ path: '/queue', headers: { cookie: 'qonaq-session=x; qonaq-stay=y' } })).status).toBe(401)
  })

  it('has no address that was not asked for, and no contact, in any answer', async () => {
    const { arrivalId, placementId, hostId, homeId, roomId, bearers } = await scenes.scene({ state: 'CONFIRMED' })
    const days = `from=${await scenes.day(0)}&until=${await scenes.day(9)}`
    const asked: [string, string | undefined][] = [
      ['/stay', bearers.newcomer], ['/host', bearers.host], ['/host/stays', bearers.host], [`/host/homes/${homeId}`, bearers.host],
      [`/host/rooms/${roomId}?${days}`, bearers.host], ['/queue', coordinator], ['/stays', coordinator], [`/arrivals/${arrivalId}`, coordinator],
      [`/placements/${placementId}`, coordinator], ['/hosts', coordinator], [`/hosts/${hostId}`, coordinator],
    ]
    for (const [path, bearer] of asked) {
      const text = JSON.stringify(await done(callApi({ path, bearer })))
      expect([path, /Абая|sealed|aesgcm|example[.]org|tokenHash|ticket/.exec(text)]).toEqual([path, null])
    }
    const { rows } = database
    expect(await rows('select 1 from reveal where placement_id = $1', [placementId])).toEqual([])
    await done(post(`/stay/placements/${placementId}/address`, bearers.newcomer))
    expect(await rows('select field from reveal where placement_id = $1', [placementId])).toEqual([{ field: 'ADDRESS' }])
  })
})
