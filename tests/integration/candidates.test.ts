import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { readCase } from '@/app/[locale]/coordinate/read-case'
import { readQueue } from '@/app/[locale]/coordinate/read-queue'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import type { UserActor } from '@/lib/auth/rules'
import { scopeOf } from '@/lib/auth/queries'
import { findMismatches } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { frozenReasonsSchema } from '@/lib/matching/reasons'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { countRooms, listCityRooms } from '@/lib/placements/queries/city-rooms'
import { readFigures } from '@/lib/placements/queries/figures'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { findMatches } from '@/lib/placements/queries/match'
import { readPlanStates } from '@/lib/placements/queries/plan-states'
import { findArrivalId, listPlans } from '@/lib/placements/queries/plans'
import { codesIn } from '@/lib/placements/queries/search-text'
import { countStays, listStays } from '@/lib/placements/queries/stays'
import { searchText } from '@/lib/text/schema'
import { dayInZone } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const EVERYWHERE = ['almaty', 'astana', 'oral', 'kostanay', 'bishkek']
let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
let daniyar: UserActor

const newKey = () => randomBytes(16).toString('hex')

async function coordinator(name: string, cityIds: string[] = EVERYWHERE): Promise<UserActor> {
  const { id } = await database.row(
    `insert into "user" (role, name, city_ids) values ('COORDINATOR', $1, $2) returning id`, [name, cityIds])
  return { kind: 'USER', userId: String(id), role: 'COORDINATOR', name, cityIds, hostId: null }
}

/** What a coordinator's page finds for an arrival. */
async function matchesFor(arrivalId: string, actor = aigul) {
  const { need, timeZone } = await arrivalCase(scopeOf(actor), arrivalId)
  const today = dayInZone(new Date(), timeZone)
  const facts = { need, today, restedNights: policy.scales.restedNights }
  return { need, today, facts, ...(await findMatches(scopeOf(actor), { need, today, policy })) }
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
    const { candidates, facts, need } = await matchesFor(arrivalId)
    const found = candidates.map(({ room }) => room.id)
    expect(found.indexOf(exact.roomId)).toBeGreaterThanOrEqual(0)
    expect(found.indexOf(exact.roomId)).toBeLessThan(found.indexOf(large.roomId))
    expect(found).not.toContain(paused.roomId)
    expect((await countRooms(scopeOf(aigul), facts)).fallenOut.HOST_PAUSED).toBeGreaterThanOrEqual(1)
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
    expect((await countRooms(scopeOf(aigul), mine.facts)).fallenOut).toMatchObject({ REFUSED_BEFORE: 1, BLOCKED: 1 })
    const theirs = await matchesFor(other)
    expect(theirs.candidates.map(({ room }) => room.id)).toEqual(expect.arrayContaining([roomId, blocked.roomId]))
  })

  it('reads only cities that are both wanted and in scope', async () => {
    const [here, there, unwanted] = await Promise.all(['almaty', 'astana', 'oral'].map((cityId) => world.home({ sleeps: [1], cityId })))
    const arrivalId = await world.arrival({ adults: 1 })
    await expect(matchesFor(arrivalId, await coordinator('Ерлан', ['astana']))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await database.rows(`update arrival set city_ids = '{almaty,astana}' where id = $1`, [arrivalId])
    const mine = scopeOf(await coordinator('Асель', ['almaty', 'oral']))
    const { need, today, facts } = await matchesFor(arrivalId)
    const named = await readRooms(mine, [here?.roomId ?? '', there?.roomId ?? '', unwanted?.roomId ?? ''], facts)
    expect(named.rooms.map(({ id }) => id).sort()).toEqual([here?.roomId, unwanted?.roomId].sort())
    const { candidates } = await findMatches(mine, { need, today, policy, named })
    expect(candidates.map(({ room }) => room.id)).toContain(here?.roomId)
    expect(new Set(candidates.map(({ room }) => room.cityId))).toEqual(new Set(['almaty']))
    const both = await findMatches(scopeOf(aigul), { need, today, policy })
    expect(new Set(both.candidates.map(({ room }) => room.cityId))).toEqual(new Set(['almaty', 'astana']))
    expect((await countRooms(mine, facts)).rooms).toBeLessThan((await countRooms(scopeOf(aigul), facts)).rooms)
    expect((await listCityRooms(mine, '')).map(({ id }) => id)).not.toContain(there?.roomId)
  })

  it('remembers the stays of the host, in whichever room they were', async () => {
    const { roomId, roomIds } = await world.home({ sleeps: [1, 1] })
    const guest = await world.arrival({ adults: 1 })
    const { need, today } = await matchesFor(guest)
    expect((await proposing(guest, need.nights.from, [roomId])).ok).toBe(true)
    const later = { ...need, id: await world.arrival({ adults: 1 }), nights: { from: await world.day(12), until: await world.day(14) } }
    const { rooms } = await readRooms(scopeOf(aigul), roomIds, { need: later, today, restedNights: 7 })
    const free = new Map(rooms.map((room) => [room.id, room.free]))
    for (const room of rooms) expect(room).toMatchObject({ hostStays: [{ from: today, until: await world.day(10) }], rowBreakNights: 7 })
    expect(free.get(roomId)).toEqual([{ from: await world.day(10), until: await world.day(100) }])
    expect(free.get(roomIds[1] ?? '')).toEqual([{ from: today, until: await world.day(100) }])
  })

  it('tells the truth about any room: the first failed rule, and a change that mends it', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 2 })
    const { need, today } = await matchesFor(arrivalId)
    const { rooms: [room] } = await readRooms(scopeOf(aigul), [roomId], { need, today, restedNights: 7 })
    if (!room) throw new Error('the room is there')
    expect(explain(room, need, policy)).toMatchObject({ firstFailed: 'TOO_FEW_BEDS', smallestChange: { kind: 'FEWER_PERSONS', persons: 1 } })
  })

  it('counts every room of the cities once, and lists those one may ask about', async () => {
    const { homeId, roomIds } = await world.home({ sleeps: [1, 9] })
    const arrivalId = await world.arrival({ adults: 9 })
    const { need, facts } = await matchesFor(arrivalId)
    const before = await countRooms(scopeOf(aigul), facts)
    expect(before.fallenOut.TOO_FEW_BEDS).toBeGreaterThanOrEqual(1)
    expect(before.rooms).toBe(before.fitting + Object.values(before.fallenOut).reduce((sum, count) => sum + count, 0))
    expect((await proposing(arrivalId, need.nights.from, [roomIds[1] ?? ''])).ok).toBe(true)
    const after = await countRooms(scopeOf(aigul), facts)
    expect(after.fallenOut.NOT_FREE).toBe(before.fallenOut.NOT_FREE + 1)
    expect(after.fitting).toBe(before.fitting - 1)
    expect((await listCityRooms(scopeOf(await coordinator('Асель', ['almaty'])), homeId.slice(-4))).map(({ id }) => id).sort()).toEqual([...roomIds].sort())
    expect(await listCityRooms(scopeOf(await coordinator('Ерлан', ['kostanay'])), '')).toEqual([])
  })

  it('compares a room that was asked about with the best there is, itself among them', async () => {
    const { roomId } = await world.home({ sleeps: [30], cityId: 'kostanay' })
    await Promise.all(Array.from({ length: 3 }, () => world.home({ sleeps: [29], cityId: 'kostanay' })))
    const arrivalId = await world.arrival({ adults: 29 })
    await database.rows(`update arrival set city_ids = '{kostanay}' where id = $1`, [arrivalId])
    const { need, today, facts } = await matchesFor(arrivalId)
    const named = await readRooms(scopeOf(aigul), [roomId], facts)
    const found = (await findMatches(scopeOf(aigul), { need, today, policy, named })).candidates.map(({ room }) => room.id)
    expect(found).toHaveLength(4)
    expect(found.indexOf(roomId)).toBe(3)
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

  test.each([
    ['one room that holds only those who come first', [2], 'TOO_FEW_BEDS'],
    ['a second room in which nobody sleeps at first', [2, 1], 'NO_LONGER_FITS'],
  ])('refuses %s, where somebody comes later', async (_name, sleeps, reason) => {
    const { roomIds } = await world.home({ sleeps })
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set growth_persons = 2, growth_from = $2, growth_keep_until = $2 where id = $1`, [arrivalId, await world.day(2)])
    expect(await proposing(arrivalId, await world.day(0), roomIds)).toMatchObject({ ok: false, reason })
    expect(await database.rows(`select 1 from placement where arrival_id = $1`, [arrivalId])).toEqual([])
  })

  it('refuses a rule that fails behind a bed that lacks', async () => {
    const { roomId, hostId } = await world.home({ sleeps: [1] })
    await database.rows(`update host set longest_nights = 3 where id = $1`, [hostId])
    const arrivalId = await world.arrival({ adults: 2 })
    expect(await proposing(arrivalId, await world.day(0), [roomId])).toMatchObject({ ok: false, reason: 'NO_LONGER_FITS' })
  })

  it('refuses rooms of two homes as one choice, and knows nothing of unknown ones', async () => {
    const [here, there] = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    const arrivalId = await world.arrival({ adults: 2 })
    const from = await world.day(0)
    expect(await proposing(arrivalId, from, [here.roomId, there.roomId])).toMatchObject({ reason: 'NO_LONGER_FITS' })
    expect(await proposing(arrivalId, from, ['0183a000-0000-7000-8000-0000000000ff'])).toMatchObject({ reason: 'NO_LONGER_FITS' })
    const astana = await world.home({ sleeps: [2], cityId: 'astana' })
    await database.rows(`update arrival set city_ids = '{almaty,astana}' where id = $1`, [arrivalId])
    expect(await proposing(arrivalId, from, [astana.roomId], await coordinator('Асель', ['almaty']))).toMatchObject({ reason: 'NO_LONGER_FITS' })
    const elsewhere = await coordinator('Ерлан', ['oral'])
    await expect(proposing(arrivalId, from, [here.roomId], elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a word on a row of the queue', () => {
  it('names a room that fits, for those a place is looked for, and nothing where none is near or one is proposed', async () => {
    await world.home({ sleeps: [40] })
    const [fitting, tooMany, offered] = [await world.arrival({ adults: 40 }), await world.arrival({ adults: 45 }), await world.arrival({ adults: 1 })]
    const { roomId } = await world.home({ sleeps: [1] })
    expect(await proposing(offered, await world.day(0), [roomId])).toMatchObject({ ok: true })
    // the first rows get a word: the test's own come first
    await database.rows(`update arrival set unwell = true, unsafe_to_return = true, broken_placement = true where id = any ($1)`, [[fitting, tooMany, offered]])
    const rows = await readQueue(scopeOf(aigul), { view: 'waiting', search: '', limit: 500 })
    const atHand = new Map(rows.map((row) => [row.id, row.atHand]))
    const best = (await matchesFor(fitting)).candidates[0]
    expect(atHand.get(fitting)).toEqual({ kind: 'FLAT', cityId: 'almaty', districtId: null, score: best?.score })
    expect([atHand.get(tooMany), atHand.get(offered)]).toEqual([null, null])
  })
})

describe('nights that are still needed', () => {
  /** A guest with a confirmed place for three nights, who asked for six. */
  async function placed() {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await world.arrival({ adults: 1 })
    const { placementIds: [placementId = ''] = [] } = await world.propose(aigul.userId, arrivalId, [{ roomId, from: 0, until: 3, adults: 1 }])
    await world.sayYes(placementId, 'HOST')
    await world.sayYes(placementId, 'GUEST')
    const lead = await world.person('LEAD', 'Ерлан')
    expect(await world.secondYes(lead, placementId)).toMatchObject({ code: 'OK', confirmed: true })
    await database.rows(`update arrival set onward_until = $2 where id = $1`, [arrivalId, await world.day(6)])
    return { arrivalId, placementId, roomId }
  }

  it('after a stay that was not prolonged stand in a list of their own, get candidates and are proposed', async () => {
    const { arrivalId, roomId } = await placed()
    const next = await world.home({ sleeps: [1] })
    const nights = { from: await world.day(3), until: await world.day(6) }
    const listed = async () => (await listStays(scopeOf(aigul), { view: 'ONWARD', limit: 50 })).find(({ id }) => id === arrivalId)
    expect(await listed()).toMatchObject({ state: 'PLACED', nights, onward: nights })
    const rows = await readQueue(scopeOf(aigul), { view: 'onward', search: '', limit: 50 })
    expect(rows.find(({ id }) => id === arrivalId)).toMatchObject({ onward: true, tonight: false, nights })
    expect((await listStays(scopeOf(aigul), { view: 'EVERYBODY', limit: 500 })).find(({ id }) => id === arrivalId)?.onward).toBeNull()
    const read = await readCase(scopeOf(aigul), arrivalId, { room: roomId, find: '' })
    expect(read.arrival).toMatchObject({ onward: nights, need: { nights, flexibleNights: 0 } })
    expect(read.rooms?.matches.candidates.map(({ room }) => room.id)).toContain(next.roomId)
    expect(read.rooms?.matches.candidates.every((one) => one.nights.from === nights.from && one.nights.until === nights.until)).toBe(true)
    expect(await proposing(arrivalId, nights.from, [next.roomId])).toMatchObject({ ok: true })
    expect(await listed()).toBeUndefined()
    expect((await readCase(scopeOf(aigul), arrivalId, { room: '', find: '' })).rooms).toBeNull()
  })

  it('are none while the stay lasts as long as was asked', async () => {
    const { arrivalId } = await placed()
    await database.rows(`update arrival set onward_until = $2 where id = $1`, [arrivalId, await world.day(3)])
    expect((await arrivalCase(scopeOf(aigul), arrivalId)).onward).toBeNull()
    expect((await listStays(scopeOf(aigul), { view: 'ONWARD', limit: 50 })).map(({ id }) => id)).not.toContain(arrivalId)
  })

  it('are matched as before while an answer is awaited: the backups are seen, and the room that is held is not', async () => {
    const [asked, backup] = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    const arrivalId = await world.arrival({ adults: 1 })
    expect(await proposing(arrivalId, await world.day(0), [asked.roomId])).toMatchObject({ ok: true })
    const { arrival, rooms } = await readCase(scopeOf(aigul), arrivalId, { room: asked.roomId, find: '' })
    expect(arrival.state).toBe('OFFERED')
    expect(rooms?.matches.candidates.map(({ room }) => room.id)).toContain(backup.roomId)
    expect(rooms?.answer?.explanation).toMatchObject({ fits: false, firstFailed: 'NOT_FREE' })
  })
})

describe('lists beside the queue', () => {
  it('finds a party by its code in any habit and by a part of its nickname, in scope only', async () => {
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set code = 'K7-R2M', nickname = 'Синий Барс' where id = $1`, [arrivalId])
    const found = async (search: string, actor = aigul) =>
      (await listStays(scopeOf(actor), { view: 'EVERYBODY', search, limit: 5 })).map(({ id }) => id)
    for (const search of ['K7-R2M', 'к7 р2м', 'k7r2m', 'ний бар']) expect(await found(search)).toEqual([arrivalId])
    for (const search of ['%', '_', '\\', "' or true --"]) expect(await found(search)).toEqual([])
    await database.rows(`update arrival set nickname = 'Йод 100%_' where id = $1`, [arrivalId])
    for (const search of ['и\u0306од', 'ЙОД', '0%_']) expect(await found(searchText(search, 60))).toEqual([arrivalId])
    expect(await found('K7-R2M', await coordinator('Ерлан', ['astana']))).toEqual([])
    expect(await findArrivalId(scopeOf(aigul), 'k7-r2m')).toBe(arrivalId)
    await expect(findArrivalId(scopeOf(aigul), '00-000')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('counts what each list shows', async () => {
    const counts = await countStays(scopeOf(aigul))
    for (const view of ['LATE', 'SECOND', 'ARRIVING', 'STAYING', 'ONWARD', 'OVERDUE', 'EVERYBODY'] as const) {
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
