import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { propose } from '@/lib/placements/commands/propose'
import { release } from '@/lib/placements/commands/release'
import { pauseHost } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { checkInvariants } from '@/lib/db/invariants'
import { smallWorld, type Leg } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

async function staff(role: 'COORDINATOR' | 'LEAD', name: string): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person(role, name), role, name, cityIds: ['almaty'], hostId: null }
}

async function planOf(actor: UserActor, arrivalId: string, legs: Leg[], key = world.newKey()) {
  return {
    actor, arrivalId, key, requestHash: `${arrivalId}:${JSON.stringify(legs)}`,
    kind: legs.length > 1 ? ('SEVERAL_ROOMS' as const) : ('SINGLE' as const),
    legs: JSON.parse(await world.legsOf(legs)) as Parameters<typeof propose>[0]['legs'],
  }
}

const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const

async function violations() {
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  return answers.flatMap((answer) => answer.violations.map((row) => `${answer.invariant.id}: ${row.what}`))
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

describe('rivals', () => {
  it('gives the last room to one of two coordinators and tells the other by whom', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [aigul, daniyar] = [await staff('COORDINATOR', 'Aigul'), await staff('COORDINATOR', 'Daniyar')]
    const guests = [await world.arrival({ adults: 1 }), await world.arrival({ adults: 2 })]
    const outcomes = await Promise.all([
      propose(await planOf(aigul, guests[0] ?? '', [{ roomId, from: 0, until: 3, adults: 1 }])),
      propose(await planOf(daniyar, guests[1] ?? '', [{ roomId, from: 1, until: 4, adults: 2 }])),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = outcomes[0].ok ? 'Aigul' : 'Daniyar'
    const lost = outcomes.find(({ ok }) => !ok)
    expect(lost).toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { byName: winner, minutesAgo: 0, roomId } })
  })

  it('approves one plan when twenty coordinators propose for one arrival at once', async () => {
    const { roomIds } = await world.home({ sleeps: Array.from({ length: 20 }, () => 2) })
    const arrivalId = await world.arrival({ adults: 1 })
    const plans = await Promise.all(roomIds.map(async (roomId, index) => (
      planOf(await staff('COORDINATOR', `C${String(index)}`), arrivalId, [{ roomId, from: 0, until: 2, adults: 1 }]))))
    const outcomes = await Promise.all(plans.map((plan) => propose(plan)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((one) => !one.ok && one.reason === 'ARRIVAL_TAKEN')).toHaveLength(19)
    expect(await database.rows('select 1 from hold where arrival_id = $1', [arrivalId])).toHaveLength(1)
  })

  it('holds every room of a plan or none of them', async () => {
    const first = await world.home({ sleeps: [2, 3] })
    const coordinator = await staff('COORDINATOR', 'Aigul')
    const other = await world.arrival({ adults: 1 })
    const family = await world.arrival({ adults: 2, childrenAges: [3, 5, 9] })
    const [small = '', large = ''] = first.roomIds
    expect(await propose(await planOf(coordinator, other, [{ roomId: large, from: 0, until: 1, adults: 1 }]))).toMatchObject({ ok: true })
    const legs = [
      { roomId: small, from: 0, until: 2, adults: 1, childrenAges: [3] },
      { roomId: large, from: 0, until: 2, adults: 1, childrenAges: [5, 9] },
    ]
    expect(await propose(await planOf(coordinator, family, legs))).toMatchObject({ ok: false, reason: 'ROOM_TAKEN' })
    expect(await database.rows('select 1 from hold where arrival_id = $1', [family])).toHaveLength(0)
  })

  it('leaves nobody of the party outside', async () => {
    const { roomId } = await world.home({ sleeps: [4] })
    const family = await world.arrival({ adults: 2, childrenAges: [3] })
    const plan = await planOf(await staff('COORDINATOR', 'Aigul'), family, [{ roomId, from: 0, until: 2, adults: 2 }])
    expect(await propose(plan)).toMatchObject({ ok: false, reason: 'PARTY_MISMATCH' })
  })
})

describe('the same form twice', () => {
  it('answers a double click with the first answer and one plan', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const plan = await planOf(await staff('COORDINATOR', 'Aigul'), arrivalId, [{ roomId, from: 0, until: 3, adults: 1 }])
    const [one, two] = await Promise.all([propose(plan), propose(plan)])
    expect(one).toMatchObject({ ok: true })
    expect(two).toMatchObject({ ok: true, value: one.ok ? one.value : {} })
    expect([one, two].filter((answer) => answer.ok && answer.replayed)).toHaveLength(1)
    expect(await database.rows('select 1 from plan where arrival_id = $1', [arrivalId])).toHaveLength(1)
  })

  it('refuses a key that comes with another request', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const coordinator = await staff('COORDINATOR', 'Aigul')
    const key = world.newKey()
    const one = await planOf(coordinator, await world.arrival({ adults: 1 }), [{ roomId, from: 0, until: 1, adults: 1 }], key)
    const two = await planOf(coordinator, await world.arrival({ adults: 1 }), [{ roomId, from: 5, until: 6, adults: 1 }], key)
    expect(await propose(one)).toMatchObject({ ok: true })
    expect(await propose(two)).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
  })
})

async function proposal(adults = 1) {
  const home = await world.home({ sleeps: [3] })
  const coordinator = await staff('COORDINATOR', 'Aigul')
  const arrivalId = await world.arrival({ adults })
  const made = await propose(await planOf(coordinator, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults }]))
  if (!made.ok) throw new Error(made.reason)
  const [placementId = ''] = made.value.placementIds
  return { ...home, coordinator, arrivalId, placementId }
}

const stateOf = async (placementId: string) => (await database.row('select state from placement where id = $1', [placementId]))['state']
const once = () => ({ key: world.newKey(), requestHash: 'h' })

describe('three yeses', () => {
  it('confirms by the last of them, whoever it is, when all come at once', async () => {
    const { placementId, coordinator } = await proposal()
    const lead = await staff('LEAD', 'Erlan')
    const outcomes = await Promise.all([
      sayYes({ ...once(), actor: ticket(placementId, 'HOST'), placementId, side: 'HOST', way: 'LINK' }),
      sayYes({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, side: 'GUEST', way: 'LINK' }),
      secondYes({ ...once(), actor: lead, placementId }),
      secondYes({ ...once(), actor: { ...coordinator, role: 'LEAD' }, placementId }),
    ])
    expect(outcomes.filter((one) => one.ok && one.value.confirmed)).toHaveLength(1)
    expect(outcomes[3]).toMatchObject({ ok: false })
    expect(await stateOf(placementId)).toBe('CONFIRMED')
  })

  it('waits for a second pair of eyes on the first stay of a host', async () => {
    const { placementId } = await proposal()
    await sayYes({ ...once(), actor: ticket(placementId, 'HOST'), placementId, side: 'HOST', way: 'LINK' })
    await sayYes({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, side: 'GUEST', way: 'LINK' })
    expect(await stateOf(placementId)).toBe('PROPOSED')
  })

  it('takes one answer of two that contradict each other at the same instant', async () => {
    const { placementId, arrivalId } = await proposal()
    const actor = ticket(placementId, 'HOST')
    const outcomes = await Promise.all([
      sayYes({ ...once(), actor, placementId, side: 'HOST', way: 'LINK' }),
      release({ ...once(), actor, placementId, to: 'DECLINED', side: 'HOST', reason: 'OTHER', close: false }),
    ])
    expect(outcomes[1].ok).toBe(true)
    expect(await stateOf(placementId)).toBe('DECLINED')
    expect(await database.row('select state from arrival where id = $1', [arrivalId])).toEqual({ state: 'OPEN' })
  })

  it('refuses a yes after the clock ran out, before the job has come by', async () => {
    const { placementId } = await proposal()
    await database.rows(`update plan set deadline = now() - interval '1 second' where id = (select plan_id from placement where id = $1)`, [placementId])
    const answer = await sayYes({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, side: 'GUEST', way: 'LINK' })
    expect(answer).toMatchObject({ ok: false, reason: 'LAPSED' })
    await database.rows('select lapse_plan(plan_id) from placement where id = $1', [placementId])
    expect(await stateOf(placementId)).toBe('LAPSED')
  })

  it('needs an address before a host says yes', async () => {
    const { placementId, homeId } = await proposal()
    await database.rows('update home set address_sealed = null where id = $1', [homeId])
    const answer = await sayYes({ ...once(), actor: ticket(placementId, 'HOST'), placementId, side: 'HOST', way: 'LINK' })
    expect(answer).toMatchObject({ ok: false, reason: 'NO_ADDRESS' })
  })
})

describe('the wrong person', () => {
  it('knows no placement for a ticket of another, of the other side, or for another city', async () => {
    const [mine, other] = [await proposal(), await proposal()]
    const yes = { ...once(), placementId: other.placementId, side: 'HOST', way: 'LINK' } as const
    const elsewhere: UserActor = { ...mine.coordinator, cityIds: ['bishkek'] }
    await expect(sayYes({ ...yes, actor: ticket(mine.placementId, 'HOST') })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(sayYes({ ...yes, actor: ticket(other.placementId, 'GUEST') })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(sayYes({ ...yes, actor: elsewhere, way: 'PHONE' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await stateOf(other.placementId)).toBe('PROPOSED')
  })

  it('does not let a coordinator place guests in a home of their own', async () => {
    const { userId, roomId } = await world.home({ sleeps: [2] })
    await database.rows(`update "user" set role = 'COORDINATOR' where id = $1`, [userId])
    const own: UserActor = { kind: 'USER', userId, role: 'COORDINATOR', name: 'Dana', cityIds: ['almaty'], hostId: null }
    const plan = await planOf(own, await world.arrival({ adults: 1 }), [{ roomId, from: 0, until: 1, adults: 1 }])
    expect(await propose(plan)).toMatchObject({ ok: false, reason: 'OWN_HOME' })
  })
})

it('releases what is proposed when a host pauses, at the same instant as somebody proposes', async () => {
  const { hostId, roomId, userId, placementId } = await proposal()
  const host: UserActor = { kind: 'USER', userId, role: 'HOST', name: 'Dana', cityIds: [], hostId }
  const rival = await planOf(await staff('COORDINATOR', 'Aigul'), await world.arrival({ adults: 1 }), [{ roomId, from: 10, until: 12, adults: 1 }])
  const [paused, late] = await Promise.all([pauseHost({ ...once(), actor: host, hostId, paused: true }), propose(rival)])
  expect(paused).toMatchObject({ ok: true })
  expect(await stateOf(placementId)).toBe('DECLINED')
  const open = await database.rows(`select 1 from placement where host_id = $1 and state = 'PROPOSED'`, [hostId])
  expect(open).toHaveLength(0)
  if (!late.ok) expect(late.reason).toBe('HOST_PAUSED')
})

it('keeps every invariant through all of this', async () => {
  expect(await violations()).toEqual([])
})
