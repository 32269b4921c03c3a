import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { networkOf } from '@/lib/actions/rate-limit'
import { isFromOwnPage, readForm } from '@/lib/actions/read-form'
import { authOptions } from '@/lib/auth/options'
import type { UserActor } from '@/lib/auth/rules'
import { once } from '@/lib/db/idempotency'
import { inTransaction } from '@/lib/db/transaction'
import { giveAddress } from '@/lib/hosts/commands/home'
import { pauseHost } from '@/lib/placements/commands/stay'
import { revealAddress, revealGuestContact } from '@/lib/privacy/reveal'
import { seal } from '@/lib/privacy/seal'
import { hashSecret } from '@/lib/privacy/secret'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

const fresh = () => ({ key: world.newKey(), requestHash: 'h' })
const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const

/** A stay in a home whose address and guest can be read, proposed by a coordinator and looked at by a lead. */
async function stay({ confirm = true } = {}) {
  const home = await world.home({ sleeps: [2] })
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const arrivalId = await world.arrival({ adults: 1 })
  await database.rows('update home set address_sealed = $2 where id = $1', [home.homeId, seal('Abai 10', { field: 'home.address', rowId: home.homeId })])
  await database.rows('update arrival set contact_sealed = $2 where id = $1', [arrivalId, seal('guest@example.org', { field: 'arrival.contact', rowId: arrivalId })])
  const made = await world.propose(coordinator, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults: 1 }])
  const placementId = made.placementIds?.[0] ?? ''
  if (confirm) {
    await world.sayYes(placementId, 'HOST')
    await world.sayYes(placementId, 'GUEST')
    await world.secondYes(await world.person('LEAD', 'Erlan'), placementId)
  }
  return { ...home, coordinator, arrivalId, placementId }
}

const coordinatorOf = (userId: string, hostId: string | null): UserActor =>
  ({ kind: 'USER', userId, role: 'COORDINATOR', name: 'Aigul', cityIds: ['almaty'], hostId })

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

describe('a host’s old link', () => {
  it('pauses nothing once its placement is over, and never ends a pause', async () => {
    const { hostId, placementId } = await stay({ confirm: false })
    const actor = ticket(placementId, 'HOST')
    await expect(pauseHost({ ...fresh(), actor, hostId, paused: false })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await world.release(placementId, 'DECLINED', 'HOST', 'OTHER')
    expect(await pauseHost({ ...fresh(), actor, hostId, paused: true })).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
    expect(await database.row('select paused from host where id = $1', [hostId])).toEqual({ paused: false })
  })

  it('answers a pause pressed twice as it was answered, though the first press has closed the question', async () => {
    const { hostId, placementId } = await stay({ confirm: false })
    const press = { ...fresh(), actor: ticket(placementId, 'HOST'), hostId, paused: true }
    expect(await pauseHost(press)).toEqual({ ok: true, value: { released: 1 }, replayed: false })
    expect(await pauseHost(press)).toEqual({ ok: true, value: { released: 1 }, replayed: true })
    expect(await pauseHost({ ...press, ...fresh() })).toMatchObject({ ok: false, reason: 'NOT_OPEN', detail: { state: 'DECLINED' } })
  })

  it('writes no address once the question is closed', async () => {
    const { homeId, placementId } = await stay({ confirm: false })
    await world.release(placementId, 'DECLINED', 'GUEST', 'OTHER')
    await database.rows('update home set address_sealed = null where id = $1', [homeId])
    await giveAddress({ ...fresh(), actor: ticket(placementId, 'HOST'), placementId, address: 'Elsewhere 1', entrance: null })
    expect(await database.row('select address_sealed from home where id = $1', [homeId])).toEqual({ address_sealed: null })
  })
})

describe('a reveal', () => {
  it('is a coordinator’s also when they host elsewhere', async () => {
    const { coordinator, placementId } = await stay()
    const actor = coordinatorOf(coordinator, randomUUID())
    expect(await revealAddress({ actor, placementId })).toMatchObject({ ok: true, value: { address: 'Abai 10' } })
    expect(await revealGuestContact({ actor, placementId })).toMatchObject({ ok: true, value: { contact: 'guest@example.org' } })
    const sides = await database.rows('select distinct to_side from reveal where placement_id = $1', [placementId])
    expect(sides).toEqual([{ to_side: 'COORDINATOR' }])
  })

  it('is not for other staff, other tickets, or before everybody has said yes', async () => {
    const [open, { placementId }] = [await stay({ confirm: false }), await stay()]
    const curious = coordinatorOf(await world.person('COORDINATOR', 'Daniyar'), null)
    expect(await revealAddress({ actor: curious, placementId })).toMatchObject({ ok: false, reason: 'NOT_YOURS' })
    await expect(revealAddress({ actor: ticket(placementId, 'HOST'), placementId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(revealGuestContact({ actor: ticket(placementId, 'GUEST'), placementId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await revealAddress({ actor: ticket(open.placementId, 'GUEST'), placementId: open.placementId })).toMatchObject({ reason: 'NOT_OPEN' })
  })

  it('ends with a block, and a week after the last morning', async () => {
    const [one, other] = [await stay(), await stay()]
    await database.rows('insert into block (host_id, arrival_id) values ($1, $2)', [one.hostId, one.arrivalId])
    expect(await revealAddress({ actor: ticket(one.placementId, 'GUEST'), placementId: one.placementId })).toMatchObject({ reason: 'NOT_OPEN' })
    await database.rows('update placement set from_date = from_date - 20, until_date = until_date - 20 where id = $1', [other.placementId])
    expect(await revealAddress({ actor: ticket(other.placementId, 'GUEST'), placementId: other.placementId })).toMatchObject({ reason: 'NOT_OPEN' })
  })
})

it('ends a session by the database’s clock, and at once when somebody is disabled', async () => {
  const userId = await world.person('LEAD', 'Erlan')
  const find = () => authOptions.adapter?.getSessionAndUser?.('token')
  await database.rows(`insert into session (user_id, token_hash, expires_at) values ($1, $2, now() + interval '1 minute')`,
    [userId, hashSecret('session', 'token')])
  expect(await find()).toMatchObject({ session: { userId }, user: { id: userId } })
  await database.rows('update "user" set disabled_at = now() where id = $1', [userId])
  expect(await find()).toBeNull()
  await database.rows('update "user" set disabled_at = null where id = $1', [userId])
  await database.rows('update session set expires_at = now()')
  expect(await find()).toBeNull()
})

it('keeps of a request a hash that nobody guesses a phone number from', async () => {
  const key = world.newKey()
  const by = { actor: 'anonymous', key, operation: 'arrival.request', requestHash: 'sha256-of-a-phone-number' }
  const work = () => Promise.resolve({ value: { done: true }, event: null })
  const answer = z.object({ done: z.boolean() })
  expect(await inTransaction((tx) => once({ tx, ...by }, answer, work))).toMatchObject({ ok: true, replayed: false })
  expect(await inTransaction((tx) => once({ tx, ...by }, answer, work))).toMatchObject({ ok: true, replayed: true })
  const { request_hash: kept } = await database.row('select request_hash from idempotency_key where key = $1', [key])
  expect(kept).not.toContain(by.requestHash)
  expect(kept).toBe(hashSecret('request', `arrival.request:${by.requestHash}`))
})

describe('a form', () => {
  it.each([
    ['of ours', { origin: 'https://qonaq.example', 'sec-fetch-site': 'same-origin' }, true],
    ['of ours, from a browser that does not say where', { origin: 'https://qonaq.example' }, true],
    ['of ours, without an origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['of a neighbour’s host', { origin: 'https://evil.qonaq.example', 'sec-fetch-site': 'same-site' }, false],
    ['of nobody knows whom', {}, false],
  ])('%s: %o %s', (_what, headers, expected) => {
    expect(isFromOwnPage(new Headers(headers))).toBe(expected)
  })

  it('does not change what an object is', () => {
    const form = new FormData()
    form.append('__proto__[]', 'x')
    form.append('__proto__', 'x')
    form.append('name', 'kept')
    const { input } = readForm(form)
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    expect(input).toEqual({ name: 'kept' })
  })
})

describe('a network', () => {
  it.each([
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::a:b:c:d', '2001:db8:0:0'],
    ['2001:0DB8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7', '192.0.2.7'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
