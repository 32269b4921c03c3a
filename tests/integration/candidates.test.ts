import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { findMismatches } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { frozenReasonsSchema } from '@/lib/matching/reasons'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { countOtherRooms, listCityRooms } from '@/lib/placements/queries/city-rooms'
import { readFigures } from '@/lib/placements/queries/figures'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { findMatches } from '@/lib/placements/queries/match'
import { readPlanStates } from '@/lib/placements/queries/plan-states'
import { findArrivalId, listPlans } from '@/lib/placements/queries/plans'
import { codesIn } from '@/lib/placements/queries/search-text'
import { countStays, listStays } from '@/lib/placements/queries/stays'
import { dayInZone } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const EVERYWHERE = ['almaty', 'astana', 'oral', 'kostanay', 'bishkek']
let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
let daniyar: UserActor

const scopeOf = (actor: UserActor) => ({ actor, cityIds: actor.cityIds }) as unknown as CoordinatorScope
const newKey = () => randomBytes(16).toString('hex')

async function coordinator(name: string, cityIds: string[] = EVERYWHERE): Promise<UserActor> {
  const { id } = await database.row(
    `insert into "user" (role, name, city_ids) values ('COORDINATOR', $1, $2) returning id`, [name, cityIds])
  return { kind: 'USER', userId: String(id), role: 'COORDINATOR', name, cityIds, hostId: null }
}

/** What a coordinator's page finds for an arrival. */
async function matchesFor(arrivalId: string, actor = aigul) {
  const { need, timeZone } = await arrivalCase(scopeOf(actor), arrivalId)
  const cityIds = need.cityIds.filter((id) => actor.cityIds.includes(id))
  const today = dayInZone(new Date(), timeZone)
  return { need, today, cityIds, ...(await findMatches({ need, cityIds, today, policy })) }
}

function proposing(arrivalId: string, from: string, roomIds: string[], actor = aigul) {
  return proposeMatch({ actor, key: newKey(), requestHash: 'h', arrivalId, from, roomIds })
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  aigul = await coordinator('Айгуль')
  daniyar = await coordinator('Данияр')
})

describe('candidates', () => {
  it('finds the right-sized room first, explained, and counts why the rest fell out', async () => {
    const exact = await world.home({ sleeps: [2] })
    const large = await world.home({ sleeps: [5] })
    const paused = await world.home({ sleeps: [2] })
    await database.rows(`update host set paused = true where id = $1`, [paused.hostId])
    const arrivalId = await world.arrival({ adults: 2 })
    const { candidates, fallenOut, need } = await matchesFor(arrivalId)
    const found = candidates.map(({ room }) => room.id)
    expect(found.indexOf(exact.roomId)).toBeGreaterThanOrEqual(0)
    expect(found.indexOf(exact.roomId)).toBeLessThan(found.indexOf(large.roomId))
    expect(found).not.toContain(paused.roomId)
    expect(fallenOut.HOST_PAUSED).toBeGreaterThanOrEqual(1)
    expect(candidates.every(({ room }) => findMismatches(room, need).length === 0)).toBe(true)
  })

  it('leaves out a room whose host was refused or blocked for this party, and only for it', async () => {
    const { roomId, homeId } = await world.home({ sleeps: [3] })
    const blocked = await world.home({ sleeps: [3] })
    const [arrivalId, other] = [await world.arrival({ adults: 3 }), await world.arrival({ adults: 3 })]
    await database.rows(`insert into refusal (arrival_id, home_id, side, reason, until_date) values ($1, $2, 'HOST', 'OTHER', current_date + 20)`, [arrivalId, homeId])
    await database.rows(`insert into block (host_id, arrival_id) values ($1, $2)`, [blocked.hostId, arrivalId])
    const mine = await matchesFor(arrivalId)
    expect(mine.candidates.map(({ room }) => room.id)).not.toEqual(expect.arrayContaining([roomId]))
    expect(mine.fallenOut).toMatchObject({ REFUSED_BEFORE: 1, BLOCKED: 1 })
    const theirs = await matchesFor(other)
    expect(theirs.candidates.map(({ room }) => room.id)).toEqual(expect.arrayContaining([roomId, blocked.roomId]))
  })

  it('reads only cities that are both wanted and in scope', async () => {
    await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 1 })
    const elsewhere = await coordinator('Ерлан', ['astana'])
    await expect(matchesFor(arrivalId, elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { need, today } = await matchesFor(arrivalId)
    expect((await findMatches({ need, cityIds: [], today, policy })).candidates).toEqual([])
  })

  it('remembers the last stay and how many came in a row', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const guest = await world.arrival({ adults: 1 })
    const { need, today } = await matchesFor(guest)
    expect((await proposing(guest, need.nights.from, [roomId])).ok).toBe(true)
    const later = { ...need, id: await world.arrival({ adults: 1 }), nights: { from: await world.day(12), until: await world.day(14) } }
    const { rooms: [room] } = await readRooms([roomId], { need: later, today, restedNights: 7 })
    expect(room).toMatchObject({ lastStayUntil: await world.day(10), staysInRow: 1 })
    expect(room?.free).toEqual([{ from: await world.day(10), until: await world.day(100) }])
  })

  it('tells the truth about any room: the first failed rule, and a change that mends it', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 2 })
    const { need, today } = await matchesFor(arrivalId)
    const { rooms: [room] } = await readRooms([roomId], { need, today, restedNights: 7 })
    if (!room) throw new Error('the room is there')
    expect(explain(room, need, policy)).toMatchObject({ firstFailed: 'TOO_FEW_BEDS', smallestChange: { kind: 'FEWER_PERSONS', persons: 1 } })
  })

  it('counts the rooms it did not look at and lists those one may ask about', async () => {
    const { homeId, roomIds } = await world.home({ sleeps: [1, 9] })
    const arrivalId = await world.arrival({ adults: 9 })
    const { need } = await matchesFor(arrivalId)
    const before = await countOtherRooms({ cityIds: ['almaty'], need, sleepers: 9 })
    expect(before.tooFewBeds).toBeGreaterThanOrEqual(1)
    expect((await proposing(arrivalId, need.nights.from, [roomIds[1] ?? ''])).ok).toBe(true)
    expect((await countOtherRooms({ cityIds: ['almaty'], need, sleepers: 9 })).notFree).toBe(before.notFree + 1)
    expect((await listCityRooms({ cityIds: ['almaty'], find: homeId.slice(-4) })).map(({ id }) => id).sort()).toEqual([...roomIds].sort())
    expect(await listCityRooms({ cityIds: ['astana'], find: '' })).toEqual([])
  })
})

describe('proposing a match', () => {
  it('holds the room and freezes the reasons it worked out itself', async () => {
    const { roomId } = await world.home({ sleeps: [4] })
    const arrivalId = await world.arrival({ adults: 2, childrenAges: [3, 8] })
    const { need } = await matchesFor(arrivalId)
    const result = await proposing(arrivalId, need.nights.from, [roomId])
    expect(result).toMatchObject({ ok: true })
    const { reasons } = await database.row(`select reasons from placement where arrival_id = $1`, [arrivalId])
    const frozen = frozenReasonsSchema.parse(reasons)
    expect(frozen.policy).toEqual({ name: policy.name, version: policy.version })
    expect(frozen.mustHaves.every(({ met }) => met)).toBe(true)
    const [plan] = await listPlans(scopeOf(aigul), arrivalId)
    expect(plan).toMatchObject({ kind: 'SINGLE', live: true, proposedBy: 'Айгуль' })
    expect(plan?.placements[0]).toMatchObject({ state: 'PROPOSED', second: 'DUE', approverIds: [aigul.userId], yeses: [{ side: 'COORDINATOR', byName: 'Айгуль' }] })
    const state = (await readPlanStates(scopeOf(aigul), [arrivalId])).get(arrivalId)
    expect(state?.awaits).toEqual(['HOST', 'GUEST', 'LEAD'])
  })

  it('puts a family of five into two rooms of one home in one plan, no child alone', async () => {
    const { roomIds } = await world.home({ sleeps: [3, 2] })
    await database.rows(`update room set in_service = false where sleeps >= 5`)
    const arrivalId = await world.arrival({ adults: 2, childrenAges: [1, 5, 10] })
    const { candidates, several, need } = await matchesFor(arrivalId)
    expect(candidates).toEqual([])
    const plan = several.find(({ shares }) => shares.every(({ room }) => roomIds.includes(room.id)))
    expect(plan?.shares).toHaveLength(2)
    const result = await proposing(arrivalId, need.nights.from, [...roomIds].reverse())
    expect(result).toMatchObject({ ok: true })
    const rows = await database.rows(`select adults, guests from placement where arrival_id = $1`, [arrivalId])
    expect(rows.map(({ adults }) => Number(adults))).toEqual([1, 1])
    expect(rows.reduce((sum, { guests }) => sum + Number(guests), 0)).toBe(5)
  })

  it('tells the slower of two coordinators who was faster, and the list then shows what is left', async () => {
    const { roomIds } = await world.home({ sleeps: [2, 2] })
    const [one, other] = [await world.arrival({ adults: 2 }), await world.arrival({ adults: 2 })]
    const { need } = await matchesFor(one)
    const wanted = roomIds[0] ?? ''
    const outcomes = await Promise.all([
      proposing(one, need.nights.from, [wanted]), proposing(other, need.nights.from, [wanted], daniyar),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const [winner, loser] = outcomes[0].ok ? ['Айгуль', outcomes[1]] : ['Данияр', outcomes[0]]
    expect(loser).toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { byName: winner, roomId: wanted } })
    const left = (await matchesFor(outcomes[0].ok ? other : one)).candidates.map(({ room }) => room.id)
    expect(left).toContain(roomIds[1])
    expect(left).not.toContain(wanted)
  })

  it('answers the same key with the same plan', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 1 })
    const { need } = await matchesFor(arrivalId)
    const again = { actor: aigul, key: newKey(), requestHash: 'h', arrivalId, from: need.nights.from, roomIds: [roomId] }
    const [first, second] = [await proposeMatch(again), await proposeMatch(again)]
    expect(first.ok && second.ok && second.value.planId === first.value.planId && second.replayed).toBe(true)
  })

  test.each([
    ['a rule that fails by now', async (roomId: string) => { await database.rows(`update host set animals_welcome = false where id = (select host_id from home join room on room.home_id = home.id where room.id = $1)`, [roomId]) }, 0],
    ['nights the arrival never agreed to', async () => undefined, 3],
  ])('refuses %s and writes nothing', async (_name, spoil, shiftNights) => {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set animals = true where id = $1`, [arrivalId])
    await spoil(roomId)
    const result = await proposing(arrivalId, await world.day(shiftNights), [roomId])
    expect(result).toMatchObject({ ok: false, reason: 'NO_LONGER_FITS' })
    expect(await database.rows(`select 1 from placement where arrival_id = $1`, [arrivalId])).toEqual([])
  })

  it('refuses rooms of two homes as one choice, and knows nothing of unknown ones', async () => {
    const [here, there] = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    const arrivalId = await world.arrival({ adults: 2 })
    const from = await world.day(0)
    expect(await proposing(arrivalId, from, [here.roomId, there.roomId])).toMatchObject({ reason: 'NO_LONGER_FITS' })
    expect(await proposing(arrivalId, from, ['0183a000-0000-7000-8000-0000000000ff'])).toMatchObject({ reason: 'NO_LONGER_FITS' })
    const elsewhere = await coordinator('Ерлан', ['astana'])
    await expect(proposing(arrivalId, from, [here.roomId], elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('lists beside the queue', () => {
  it('finds a party by its code in any habit and by a part of its nickname, in scope only', async () => {
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set code = 'K7-R2M', nickname = 'Синий Барс' where id = $1`, [arrivalId])
    const found = async (search: string, actor = aigul) =>
      (await listStays(scopeOf(actor), { view: 'EVERYBODY', search, limit: 5 })).map(({ id }) => id)
    for (const search of ['K7-R2M', 'к7 р2м', 'k7r2m', 'ний бар']) expect(await found(search)).toEqual([arrivalId])
    expect(await found('%')).toEqual([])
    expect(await found('K7-R2M', await coordinator('Ерлан', ['astana']))).toEqual([])
    expect(await findArrivalId(scopeOf(aigul), 'k7-r2m')).toBe(arrivalId)
    await expect(findArrivalId(scopeOf(aigul), '00-000')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('counts what each list shows', async () => {
    const counts = await countStays(scopeOf(aigul))
    for (const view of ['LATE', 'SECOND', 'ARRIVING', 'STAYING', 'OVERDUE', 'EVERYBODY'] as const) {
      expect((await listStays(scopeOf(aigul), { view, limit: 500 })).length).toBe(counts[view])
    }
    expect(counts.SECOND).toBeGreaterThanOrEqual(1)
  })

  it('counts nobody and no bed for a scope without cities', async () => {
    expect(await readFigures(scopeOf({ ...aigul, cityIds: [] }))).toEqual({ personsTonight: 0, waitingSince: null, bedsTonight: 0 })
    expect((await readFigures(scopeOf(aigul))).personsTonight).toBeGreaterThan(0)
  })

  test.each([
    ['K7-R2M', ['K7-R2M']], ['к7р2м', ['K7-P2M', 'K7-R2M']], [' О7 – 12м ', ['07-12M']], ['Синий', []], ['', []],
  ])('reads the code in %j', (typed, codes) => {
    expect(codesIn(typed)).toEqual(codes)
  })
})
