import { beforeAll, describe, expect, it } from 'vitest'
import { renewLink } from '@/lib/arrivals/commands/desk'
import { noteLook } from '@/lib/arrivals/commands/look'
import { openStay } from '@/lib/arrivals/commands/open'
import { stayView } from '@/lib/arrivals/queries/stay'
import { scopeOf } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
let galina: UserActor

async function staff(name: string, cityIds: string[]): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person('COORDINATOR', name), role: 'COORDINATOR', name, cityIds, hostId: null }
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  aigul = await staff('Aigul', ['almaty'])
  galina = await staff('Galina', ['oral'])
})

async function guest() {
  const arrivalId = await world.arrival({ adults: 1 })
  const secret = newToken()
  await database.rows('update arrival set token_hash = $2 where id = $1', [arrivalId, hashSecret('stay', secret)])
  return { arrivalId, secret }
}

const call = (arrivalId: string, actor = aigul) => ({ actor, key: world.newKey(), requestHash: 'h', arrivalId })
const opens = async (secret: string) => (await openStay({ secret })).ok
const stateOf = async (arrivalId: string) => (await database.row('select state from arrival where id = $1', [arrivalId]))['state']
const eventsOf = async (arrivalId: string) => (await database.rows(
  `select action from audit_event where subject ->> 'arrival' = $1 order by seq`, [arrivalId])).map(({ action }) => action)

describe('a new link', () => {
  it('ends the old one at once and is written down; the same form shows the same link', async () => {
    const { arrivalId, secret } = await guest()
    const request = call(arrivalId)
    const [one, other] = await Promise.all([renewLink(request), renewLink(request)])
    expect(one).toMatchObject({ ok: true, value: { locale: 'ru' } })
    expect(other).toEqual(one)
    const token = one.ok ? one.value.token : ''
    expect(token).toMatch(/^[0-9A-Z]{26}$/)
    expect([await opens(secret), await opens(token)]).toEqual([false, true])
    expect(await eventsOf(arrivalId)).toEqual(['arrival.link-renewed'])
    const kept = await database.row('select row_to_json(k)::text as text from idempotency_key k where key = $1', [request.key])
    expect(kept['text']).not.toContain(token)
  })

  it('is not shown again once a newer one has replaced it', async () => {
    const { arrivalId } = await guest()
    const request = call(arrivalId)
    await renewLink(request)
    const newer = await renewLink(call(arrivalId))
    expect(await renewLink(request)).toEqual({ ok: false, reason: 'FORM_STALE' })
    expect(await opens(newer.ok ? newer.value.token : '')).toBe(true)
  })

  it('is not made for a request of other towns, nor where nothing is left', async () => {
    const { arrivalId, secret } = await guest()
    await expect(renewLink(call(arrivalId, galina))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(renewLink(call(arrivalId, { ...aigul, role: 'HOST' }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await opens(secret)).toBe(true)
    await world.call(`withdraw_arrival('test', $1, 'h', $2, true)`, [world.newKey(), arrivalId])
    expect(await renewLink(call(arrivalId))).toEqual({ ok: false, reason: 'ARRIVAL_ERASED' })
    expect(await database.row('select token_hash from arrival where id = $1', [arrivalId])).toEqual({ token_hash: null })
  })
})

describe('a waiting request', () => {
  it('is taken back with what was proposed, once', async () => {
    const { arrivalId } = await guest()
    const home = await world.home({ sleeps: [1] })
    const plan = await world.propose(aigul.userId, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults: 1 }])
    const request = call(arrivalId)
    expect(await withdrawFor(request)).toMatchObject({ ok: true, replayed: false })
    expect(await withdrawFor(request)).toMatchObject({ ok: true, replayed: true })
    expect(await withdrawFor(call(arrivalId))).toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
    expect(await stateOf(arrivalId)).toBe('WITHDRAWN')
    expect(await database.row('select state from placement where id = $1', [plan.placementIds?.[0]])).toEqual({ state: 'CANCELLED' })
    expect(await eventsOf(arrivalId)).toContain('arrival.withdrawn')
    expect(await database.rows(`select 1 from audit_event where actor = $1 and action = 'arrival.withdrawn'`, [`user:${aigul.userId}`])).toHaveLength(1)
  })

  it('stays where a stay is agreed, and for a coordinator of other towns', async () => {
    const { arrivalId } = await guest()
    await expect(withdrawFor(call(arrivalId, galina))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await stateOf(arrivalId)).toBe('OPEN')
    await database.rows(`update arrival set state = 'PLACED' where id = $1`, [arrivalId])
    expect(await withdrawFor(call(arrivalId))).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
  })
})

describe('a guest of the coordinator’s own home', () => {
  async function ownGuest(state: 'PROPOSED' | 'CONFIRMED') {
    const { arrivalId, secret } = await guest()
    const { roomId, hostId, userId } = await world.home({ sleeps: [1] })
    const plan = await world.propose(aigul.userId, arrivalId, [{ roomId, from: 0, until: 3, adults: 1 }])
    const [placementId = ''] = plan.placementIds ?? []
    if (state === 'CONFIRMED') {
      for (const side of ['HOST', 'GUEST']) await world.sayYes(placementId, side)
      await world.secondYes(await world.person('LEAD', 'Lead'), placementId)
    }
    return { arrivalId, secret, placementId, dana: { ...aigul, userId, hostId } satisfies UserActor }
  }

  it.each(['PROPOSED', 'CONFIRMED'] as const)('keeps their own page and request: another looks after both (%s)', async (state) => {
    const { arrivalId, secret, placementId, dana } = await ownGuest(state)
    expect(await database.row('select state from placement where id = $1', [placementId])).toEqual({ state })
    expect(await renewLink(call(arrivalId, dana))).toEqual({ ok: false, reason: 'OWN_HOME' })
    expect(await withdrawFor(call(arrivalId, dana))).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    expect(await opens(secret)).toBe(true)
    expect(await database.row('select state from placement where id = $1', [placementId])).toEqual({ state })
    expect(await renewLink(call(arrivalId))).toMatchObject({ ok: true })
  })
})

describe('that somebody looks for rooms', () => {
  const look = (arrivalId: string, by = aigul) => noteLook(scopeOf(by), { id: arrivalId, cityIds: ['almaty'] })
  const lookedAt = async (arrivalId: string) => (await stayView(arrivalId)).queue?.lookedAt ?? null
  const backwards = (arrivalId: string, seconds: number) =>
    database.rows(`update arrival set looked_at = looked_at - make_interval(secs => $2) where id = $1`, [arrivalId, seconds])

  it('is what the guest sees, to the minute, and is nothing else', async () => {
    const { arrivalId } = await guest()
    expect(await lookedAt(arrivalId)).toBeNull()
    const before = await database.row('select version, state from arrival where id = $1', [arrivalId])
    await look(arrivalId)
    const first = await lookedAt(arrivalId)
    expect(first).toBeInstanceOf(Date)
    await look(arrivalId)
    expect(await lookedAt(arrivalId)).toEqual(first)
    await backwards(arrivalId, 61)
    await look(arrivalId)
    expect((await lookedAt(arrivalId))?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? 0)
    expect(await database.row('select version, state from arrival where id = $1', [arrivalId])).toEqual(before)
    expect(await eventsOf(arrivalId)).toEqual([])
  })

  it('is not said by somebody of other towns, and does not wait for who is changing the request', async () => {
    const { arrivalId } = await guest()
    await look(arrivalId, galina)
    expect(await lookedAt(arrivalId)).toBeNull()
    await database.rows('begin')
    await database.rows('select 1 from arrival where id = $1 for no key update', [arrivalId])
    await look(arrivalId)
    await database.rows('rollback')
    expect(await lookedAt(arrivalId)).toBeNull()
  })
})
