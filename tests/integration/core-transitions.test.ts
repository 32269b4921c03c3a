import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { propose, type PlanLeg } from '@/lib/placements/commands/propose'
import { release } from '@/lib/placements/commands/release'
import { answerExtension, askExtension, extend, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { addDays } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let days: string[]

const once = () => ({ key: world.newKey(), requestHash: 'h' })
const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const

async function staff(role: 'COORDINATOR' | 'LEAD', name: string): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person(role, name), role, name, cityIds: ['almaty'], hostId: null }
}

function leg(roomId: string, from: number, until: number, { adults = 1, childrenAges = [] as number[] } = {}): PlanLeg {
  return { roomId, from: days[from] ?? '', until: days[until] ?? '', adults, childrenAges, reasons: {} }
}

async function plan(legs: PlanLeg[], over: { actor?: UserActor; arrivalId?: string } = {}) {
  const actor = over.actor ?? (await staff('COORDINATOR', 'Aigul'))
  const arrivalId = over.arrivalId ?? (await world.arrival({ adults: 1 }))
  return { ...once(), actor, arrivalId, kind: 'RELAY' as const, legs }
}

/** Proposes and answers the placements in the order of the legs. */
async function proposed(legs: PlanLeg[], over: { actor?: UserActor; arrivalId?: string } = {}): Promise<string[]> {
  const made = await propose(await plan(legs, over))
  if (!made.ok) throw new Error(made.reason)
  return made.value.placementIds
}

const yes = (placementId: string, side: 'HOST' | 'GUEST') =>
  sayYes({ ...once(), actor: ticket(placementId, side), placementId, side, way: 'LINK' })

async function confirmed(legs: PlanLeg[], over: { actor?: UserActor; arrivalId?: string } = {}): Promise<string[]> {
  const placementIds = await proposed(legs, over)
  const lead = await staff('LEAD', 'Erlan')
  for (const placementId of placementIds) await yes(placementId, 'HOST')
  await yes(placementIds[0] ?? '', 'GUEST')
  await secondYes({ ...once(), actor: lead, placementId: placementIds[0] ?? '' })
  return placementIds
}

async function stateOf(placementId: string | undefined) {
  return (await database.row('select state from placement where id = $1', [placementId]))['state']
}

async function untilOf(placementId: string | undefined) {
  return (await database.row('select until_date::text as until from placement where id = $1', [placementId]))['until']
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  days = await Promise.all(Array.from({ length: 40 }, (_, offset) => world.day(offset)))
})

describe('a second pair of eyes', () => {
  it('never looks at a home of its own, also not as another leg of the plan', async () => {
    const [first, own] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
    await database.rows(`update "user" set role = 'LEAD' where id = $1`, [own.userId])
    const lead: UserActor = { kind: 'USER', userId: own.userId, role: 'LEAD', name: 'Dana', cityIds: ['almaty'], hostId: own.hostId }
    const [one = '', two = ''] = await proposed([leg(first.roomId, 0, 2), leg(own.roomId, 2, 4)])
    await yes(one, 'HOST')
    await yes(two, 'HOST')
    await yes(one, 'GUEST')
    expect(await secondYes({ ...once(), actor: lead, placementId: one })).toMatchObject({ ok: true, value: { confirmed: true } })
    expect(await stateOf(two)).toBe('PROPOSED')
    expect(await secondYes({ ...once(), actor: lead, placementId: two })).toMatchObject({ ok: false, reason: 'OWN_HOME' })
  })

  it('speaks for the towns the lead serves, and not for another leg of the plan', async () => {
    const [here, there] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2], cityId: 'astana' })]
    const actor = { ...(await staff('COORDINATOR', 'Aigul')), cityIds: ['almaty', 'astana'] }
    const [one = '', two = ''] = await proposed([leg(here.roomId, 0, 2), leg(there.roomId, 2, 4)], { actor })
    await yes(one, 'HOST')
    await yes(two, 'HOST')
    await yes(one, 'GUEST')
    const [erlan, dana] = [await staff('LEAD', 'Erlan'), { ...(await staff('LEAD', 'Dana')), cityIds: ['astana'] }]
    expect(await secondYes({ ...once(), actor: erlan, placementId: one })).toMatchObject({ ok: true, value: { confirmed: true } })
    expect([await stateOf(one), await stateOf(two)]).toEqual(['CONFIRMED', 'PROPOSED'])
    expect(await database.rows('select approver_id from approval where placement_id = $1', [two])).toEqual([{ approver_id: actor.userId }])
    await expect(secondYes({ ...once(), actor: erlan, placementId: two })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await world.call(`second_yes($1, $2, 'h', '{almaty}', $3)`, [erlan.userId, world.newKey(), two])).toEqual({ code: 'NOT_FOUND' })
    expect(await secondYes({ ...once(), actor: dana, placementId: two })).toMatchObject({ ok: true, value: { confirmed: true } })
    expect(await stateOf(two)).toBe('CONFIRMED')
  })

  it('comes too late after the clock ran out', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)])
    await yes(placementId, 'HOST')
    await yes(placementId, 'GUEST')
    await database.rows(`update plan set deadline = now() - interval '1 second' where id = (select plan_id from placement where id = $1)`, [placementId])
    const answer = await secondYes({ ...once(), actor: await staff('LEAD', 'Erlan'), placementId })
    expect(answer).toMatchObject({ ok: false, reason: 'LAPSED' })
    expect(await stateOf(placementId)).toBe('PROPOSED')
  })

  it('does not blame the pair when it was the lead who was silent', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)], { arrivalId })
    await yes(placementId, 'HOST')
    await yes(placementId, 'GUEST')
    await database.rows(`update plan set deadline = now() where arrival_id = $1`, [arrivalId])
    await database.rows('select lapse_plan(id) from plan where arrival_id = $1', [arrivalId])
    expect(await stateOf(placementId)).toBe('LAPSED')
    expect(await propose(await plan([leg(roomId, 0, 2)], { arrivalId }))).toMatchObject({ ok: true })
  })
})

describe('whoever is a side does not answer for the other', () => {
  it.each(['PHONE', 'DESK'] as const)('%s: a coordinator records no yes for a home of their own', async (way) => {
    const { roomId, userId, hostId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)])
    const own: UserActor = { kind: 'USER', userId, role: 'COORDINATOR', name: 'Dana', cityIds: ['almaty'], hostId }
    const answer = await sayYes({ ...once(), actor: own, placementId, side: 'GUEST', way })
    expect(answer).toMatchObject({ ok: false, reason: 'OWN_HOME' })
  })

  /** A relay whose second leg leads to the home of a coordinator. */
  async function relayToOwnHome() {
    const [first, own] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
    const ids = await proposed([leg(first.roomId, 0, 2), leg(own.roomId, 2, 4)])
    const dana: UserActor = { kind: 'USER', userId: own.userId, role: 'COORDINATOR', name: 'Dana', cityIds: ['almaty'], hostId: own.hostId }
    return { ids, dana }
  }
  /** A relay whose second leg is in a town that not everybody serves. */
  async function relayToAstana() {
    const [here, there] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2], cityId: 'astana' })]
    const both = { ...(await staff('COORDINATOR', 'Saule')), cityIds: ['almaty', 'astana'] }
    return { ids: await proposed([leg(here.roomId, 0, 2), leg(there.roomId, 2, 4)], { actor: both }), both }
  }
  const saidBy = (ids: string[]) => Promise.all(ids.map(async (id) => (await database.rows(
    `select by_user_id from yes where placement_id = $1 and side = 'GUEST'`, [id])).map((row) => row['by_user_id'])))
  const byPhone = (actor: UserActor, placementId = '') => sayYes({ ...once(), actor, placementId, side: 'GUEST', way: 'PHONE' })

  it('also not as another leg of the plan: the rest is still to be said, by somebody else', async () => {
    const { ids, dana } = await relayToOwnHome()
    expect(await byPhone(dana, ids[0])).toMatchObject({ ok: true })
    expect(await saidBy(ids)).toEqual([[dana.userId], []])
    expect(await byPhone(dana, ids[0])).toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
    expect(await byPhone(dana, ids[1])).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    const aigul = await staff('COORDINATOR', 'Aigul')
    expect(await byPhone(aigul, ids[0])).toMatchObject({ ok: true })
    expect(await saidBy(ids)).toEqual([[dana.userId], [aigul.userId]])
    expect(await byPhone(aigul, ids[0])).toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
  })

  it('leaves the rest to the guest as well, who says it for all of the plan', async () => {
    const { ids, dana } = await relayToOwnHome()
    await byPhone(dana, ids[0])
    const letters = await database.rows(`select placement_id as at from message where kind = 'ASK_GUEST' and placement_id = any ($1) order by id`, [ids])
    expect(letters, 'their second letter leads to what is left').toEqual([{ at: ids[0] }, { at: ids[1] }])
    expect(await yes(ids[0] ?? '', 'GUEST')).toMatchObject({ ok: true })
    expect(await saidBy(ids)).toEqual([[dana.userId], [null]])
  })

  it('writes a guest’s yes down for the towns the coordinator serves, and not for another leg', async () => {
    const { ids, both } = await relayToAstana()
    const aigul = await staff('COORDINATOR', 'Aigul')
    expect(await byPhone(aigul, ids[0])).toMatchObject({ ok: true })
    expect(await saidBy(ids)).toEqual([[aigul.userId], []])
    const asked = [`user:${aigul.userId}`, world.newKey(), ids[1], aigul.userId]
    expect(await world.call(`say_yes($1, $2, 'h', $3, 'GUEST', $4, 'PHONE', null, null, '{almaty}')`, asked)).toEqual({ code: 'NOT_FOUND' })
    expect(await byPhone(both, ids[1])).toMatchObject({ ok: true })
    expect(await saidBy(ids)).toEqual([[aigul.userId], [both.userId]])
  })

  const no = { to: 'DECLINED', side: 'GUEST', reason: 'OTHER', close: false } as const

  it('writes a guest’s no down for no home of the coordinator’s own', async () => {
    const { ids, dana } = await relayToOwnHome()
    expect(await release({ ...once(), ...no, actor: dana, placementId: ids[0] ?? '' })).toMatchObject({ ok: true, value: { ended: 1 } })
    expect(await Promise.all(ids.map(stateOf))).toEqual(['DECLINED', 'PROPOSED'])
    const asked = [`user:${dana.userId}`, world.newKey(), ids[1]]
    expect(await world.call(`release_placement($1, $2, 'h', $3, 'DECLINED', 'GUEST', 'OTHER', null, false)`, asked)).toEqual({ code: 'OWN_HOME' })
    expect(await release({ ...once(), ...no, actor: await staff('COORDINATOR', 'Aigul'), placementId: ids[1] ?? '' })).toMatchObject({ ok: true })
  })

  it('writes a guest’s no down for the towns the coordinator serves, and not for another leg', async () => {
    const { ids, both } = await relayToAstana()
    const aigul = await staff('COORDINATOR', 'Aigul')
    expect(await release({ ...once(), ...no, actor: aigul, placementId: ids[0] ?? '' })).toMatchObject({ ok: true, value: { ended: 1 } })
    expect(await Promise.all(ids.map(stateOf))).toEqual(['DECLINED', 'PROPOSED'])
    const asked = [`user:${aigul.userId}`, world.newKey(), ids[1]]
    expect(await world.call(`release_placement($1, $2, 'h', $3, 'DECLINED', 'GUEST', 'OTHER', null, false, null, '{almaty}')`, asked)).toEqual({ code: 'NOT_FOUND' })
    expect(await release({ ...once(), ...no, actor: both, placementId: ids[1] ?? '' })).toMatchObject({ ok: true })
  })

  it('ends all of the plan where the guests need nothing more, as when they take their request back', async () => {
    const { ids } = await relayToAstana()
    const gone = { ...once(), ...no, close: true, actor: await staff('COORDINATOR', 'Aigul'), placementId: ids[0] ?? '' }
    expect(await release(gone)).toMatchObject({ ok: true, value: { ended: 2 } })
    expect(await Promise.all(ids.map(stateOf))).toEqual(['DECLINED', 'DECLINED'])
    expect(await database.row('select state from arrival where id = (select arrival_id from placement where id = $1)', [ids[0]])).toEqual({ state: 'CLOSED' })
  })

  it('ends nothing in the name of the other side', async () => {
    const { roomId, userId, hostId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)], { arrivalId })
    const host: UserActor = { kind: 'USER', userId, role: 'HOST', name: 'Dana', cityIds: [], hostId }
    const no = { to: 'DECLINED', reason: 'OTHER', close: false, placementId } as const
    await expect(release({ ...once(), ...no, actor: host, side: 'GUEST' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(release({ ...once(), ...no, actor: { kind: 'GUEST', arrivalId }, side: 'HOST' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await stateOf(placementId)).toBe('PROPOSED')
  })

  it('lets no coordinator end a stay in their own home in the name of the guest', async () => {
    const { roomId, userId, hostId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await confirmed([leg(roomId, 0, 2)])
    const own: UserActor = { kind: 'USER', userId, role: 'COORDINATOR', name: 'Dana', cityIds: ['almaty'], hostId }
    const answer = await release({ ...once(), actor: own, placementId, to: 'CANCELLED', side: 'GUEST', reason: 'MOVED_ON', close: true })
    expect(answer).toMatchObject({ ok: false, reason: 'OWN_HOME' })
  })

  it('lets a coordinator who hosts elsewhere answer for their own home', async () => {
    const { roomId, userId, hostId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)])
    const own: UserActor = { kind: 'USER', userId, role: 'COORDINATOR', name: 'Dana', cityIds: ['astana'], hostId }
    const answer = await release({ ...once(), actor: own, placementId, to: 'DECLINED', side: 'HOST', reason: 'OTHER', close: false })
    expect(answer).toMatchObject({ ok: true })
  })

  it('lapses by the clock only, whoever asks the database', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)])
    const app = smallWorld(await connect(database.connectionString, 'qonaq_app'))
    expect(await app.release(placementId, 'LAPSED', 'HOST', 'NO_ANSWER')).toMatchObject({ code: 'NOT_OPEN' })
  })
})

describe('what changed after the proposal', () => {
  it.each([
    ['a block between the two', (ids: Ids) => database.rows('insert into block (host_id, arrival_id) values ($1, $2)', [ids.hostId, ids.arrivalId])],
    ['a blocked host', (ids: Ids) => database.rows(`update host set state = 'BLOCKED' where id = $1`, [ids.hostId])],
    ['a vetting whose day has come', (ids: Ids) => database.rows(`update host set vetted_until = city_today('almaty') where id = $1`, [ids.hostId])],
    ['a vetting taken back', (ids: Ids) => database.rows(`update host set state = 'VISITED' where id = $1`, [ids.hostId])],
  ])('%s: no yes confirms any more', async (_what, change) => {
    const { roomId, hostId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await proposed([leg(roomId, 0, 2)], { arrivalId })
    await yes(placementId, 'HOST')
    await yes(placementId, 'GUEST')
    await change({ hostId, arrivalId })
    const answer = await secondYes({ ...once(), actor: await staff('LEAD', 'Erlan'), placementId })
    expect(answer).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
    expect(await stateOf(placementId)).toBe('PROPOSED')
  })
})
interface Ids {
  hostId: string
  arrivalId: string
}

describe('a plan that cannot be', () => {
  it('puts nobody twice into one night', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [2, 2] })
    expect(await propose(await plan([leg(one, 0, 3), leg(two, 1, 4)]))).toMatchObject({ ok: false, reason: 'PARTY_MISMATCH' })
  })

  it('is refused, not a failure: one room twice, children alone, nights that run backwards, no room at all', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [4, 4] })
    const pair = await world.arrival({ adults: 2 })
    const family = await world.arrival({ adults: 1, childrenAges: [3] })
    const refusals = [
      await propose(await plan([leg(one, 0, 2), leg(one, 0, 2)], { arrivalId: pair })),
      await propose(await plan([leg(one, 0, 2), leg(two, 0, 2, { adults: 0, childrenAges: [3] })], { arrivalId: family })),
      await propose(await plan([leg(one, 5, 2)])),
      await propose(await plan([])),
    ]
    expect(refusals.map((answer) => (answer.ok ? 'OK' : answer.reason))).toEqual(
      ['PARTY_MISMATCH', 'PARTY_MISMATCH', 'NIGHTS_INVALID', 'PARTY_MISMATCH'])
  })

  it('does not send women who asked for women only anywhere else, whatever the screen had shown', async () => {
    const { roomId, hostId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows('update arrival set women_only = true, all_women = true where id = $1', [arrivalId])
    expect(await propose(await plan([leg(roomId, 0, 2)], { arrivalId }))).toMatchObject({ ok: false, reason: 'NO_LONGER_FITS' })
    await database.rows('update host set women_only_household = true, women_only_guests = true where id = $1', [hostId])
    expect(await propose(await plan([leg(roomId, 0, 2)]))).toMatchObject({ ok: false, reason: 'NO_LONGER_FITS' })
    expect(await propose(await plan([leg(roomId, 0, 2)], { arrivalId }))).toMatchObject({ ok: true })
  })
})

describe('legs of a relay', () => {
  it('arrives at one leg without arriving at the next in the same home', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [2, 2] })
    const [first = '', second = ''] = await confirmed([leg(one, 0, 2), leg(two, 2, 4)])
    const coordinator = await staff('COORDINATOR', 'Aigul')
    expect(await recordArrived({ ...once(), actor: coordinator, placementId: first })).toMatchObject({ ok: true })
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ARRIVED', 'CONFIRMED'])
  })

  it('changes the last morning of the leg that was meant, and never into a night of another leg', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [2, 2] })
    const [first = '', second = ''] = await confirmed([leg(one, 0, 2), leg(two, 2, 6)])
    const coordinator = await staff('COORDINATOR', 'Aigul')
    expect(await extend({ ...once(), actor: coordinator, placementId: second, until: days[4] ?? '', hostAgreed: false })).toMatchObject({ ok: true })
    expect([await untilOf(first), await untilOf(second)]).toEqual([days[2], days[4]])
    expect(await extend({ ...once(), actor: coordinator, placementId: first, until: days[3] ?? '', hostAgreed: true }))
      .toMatchObject({ ok: false, reason: 'EXTEND_ARRIVAL_TAKEN' })
  })
})

describe('a wish to stay longer', () => {
  it('is closed when the coordinator gives more, so that a late yes takes nothing away', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await confirmed([leg(roomId, 0, 3)])
    await askExtension({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, until: days[5] ?? '' })
    expect(await extend({ ...once(), actor: await staff('COORDINATOR', 'Aigul'), placementId, until: days[8] ?? '', hostAgreed: true })).toMatchObject({ ok: true })
    const late = await answerExtension({ ...once(), actor: ticket(placementId, 'HOST'), placementId, agree: true })
    expect(late).toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
    expect(await untilOf(placementId)).toBe(days[8])
  })

  it('names what is wrong with a morning: over, not later, or more than a year', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await confirmed([leg(roomId, 1, 3)])
    const coordinator = await staff('COORDINATOR', 'Aigul')
    const change = (until: string) => extend({ ...once(), actor: coordinator, placementId, until, hostAgreed: true })
    const ask = (until: string) => askExtension({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, until })
    const [today = '', first = '', second = '', last = ''] = days
    for (const until of ['2022-10-01', today, first, last]) expect(await change(until)).toMatchObject({ ok: false, reason: 'NIGHTS_INVALID' })
    for (const until of [addDays(first, 367), '2099-12-31']) {
      expect(await change(until)).toMatchObject({ ok: false, reason: 'NIGHTS_TOO_MANY' })
      expect(await ask(until)).toMatchObject({ ok: false, reason: 'NIGHTS_TOO_MANY' })
    }
    expect(await change(addDays(first, 366))).toMatchObject({ reason: 'NOT_OFFERED' })
    for (const until of ['2022-10-01', today]) expect(await ask(until)).toMatchObject({ ok: false, reason: 'NIGHTS_INVALID' })
    for (const until of [second, last]) expect(await ask(until)).toMatchObject({ ok: false, reason: 'NIGHTS_NOT_MORE' })
    expect(await untilOf(placementId)).toBe(last)
  })

  it('is not granted across a block', async () => {
    const { roomId, hostId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await confirmed([leg(roomId, 0, 3)], { arrivalId })
    await database.rows('insert into block (host_id, arrival_id) values ($1, $2)', [hostId, arrivalId])
    const answer = await extend({ ...once(), actor: await staff('COORDINATOR', 'Aigul'), placementId, until: days[5] ?? '', hostAgreed: true })
    expect(answer).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
  })
})

describe('an end', () => {
  const messages = (arrivalId: string) => database.rows(
    'select kind, host_id, count(*)::int as times from message where arrival_id = $1 group by 1, 2 order by 1, 2', [arrivalId])

  it('is told to every host of the plan when the guest says no', async () => {
    const [first, second] = [await world.home({ sleeps: [2, 2] }), await world.home({ sleeps: [2] })]
    const arrivalId = await world.arrival({ adults: 2 })
    const [placementId = ''] = await proposed(
      [...first.roomIds.map((roomId) => leg(roomId, 0, 2)), leg(second.roomId, 2, 4, { adults: 2 })], { arrivalId })
    await release({ ...once(), actor: ticket(placementId, 'GUEST'), placementId, to: 'DECLINED', side: 'GUEST', reason: 'OTHER', close: false })
    const told = (await messages(arrivalId)).filter(({ kind }) => kind === 'ENDED_HOST')
    expect(told).toHaveLength(2)
    expect(told.every(({ times }) => times === 1)).toBe(true)
  })

  it('by silence is told once to the guest and once to each host', async () => {
    const { roomIds } = await world.home({ sleeps: [2, 2] })
    const arrivalId = await world.arrival({ adults: 2 })
    await proposed(roomIds.map((roomId) => leg(roomId, 0, 2)), { arrivalId })
    await database.rows('update plan set deadline = now() where arrival_id = $1', [arrivalId])
    await database.rows('select lapse_plan(id) from plan where arrival_id = $1', [arrivalId])
    const told = (await messages(arrivalId)).filter(({ kind }) => String(kind).startsWith('LAPSED'))
    expect(told.map(({ kind, times }) => [kind, times])).toEqual([['LAPSED_GUEST', 1], ['LAPSED_HOST', 1]])
  })

  it('is no "did not come" before the first night', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await confirmed([leg(roomId, 3, 5)])
    const answer = await release({
      ...once(), actor: await staff('COORDINATOR', 'Aigul'), placementId, to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW', close: false,
    })
    expect(answer).toMatchObject({ ok: false, reason: 'TOO_EARLY' })
  })

  it.each([['GUEST', false], ['HOST', true]] as const)('before arriving, by the %s: first in line %s', async (side, first) => {
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await confirmed([leg(roomId, 0, 3)], { arrivalId })
    const actor = await staff('COORDINATOR', 'Aigul')
    await release({ ...once(), actor, placementId, to: 'CANCELLED', side, reason: 'OTHER', close: false })
    const row = await database.row('select state, broken_placement as broken from arrival where id = $1', [arrivalId])
    expect(row).toEqual({ state: 'OPEN', broken: first })
  })
})
