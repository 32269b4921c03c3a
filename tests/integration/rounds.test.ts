import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formGroup } from '@/lib/arrivals/commands/group'
import { readNeed } from '@/lib/arrivals/queries/need'
import { readRoundNeeds } from '@/lib/arrivals/queries/round-needs'
import { scopeOf } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { playRoundJob } from '@/lib/jobs/play-round'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { readRoundRooms } from '@/lib/placements/queries/round-rooms'
import { askAgain, finishRound, takeRound } from '@/lib/rounds/commands/play'
import { rerunLost } from '@/lib/rounds/commands/start'
import { stopRound } from '@/lib/rounds/commands/stop'
import { listRounds, readRound } from '@/lib/rounds/queries/round'
import { readSuggestions } from '@/lib/rounds/queries/suggestions'
import { approveRoundSchema, startFormSchema, startRoundSchema } from '@/lib/rounds/schema'
import { now } from '@/lib/time/clock'
import { roundWorld } from '../setup/round-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof roundWorld>
let aigul: UserActor
let bota: UserActor

beforeAll(async () => {
  database = await testDatabase()
  world = roundWorld(database)
  aigul = await world.staff('COORDINATOR')
  bota = await world.staff('COORDINATOR', 'Bota')
})

beforeEach(() => world.empty())

const one = () => world.arrival({ adults: 1 })
const room = async (sleeps = 1) => world.home({ sleeps: [sleeps] })
const holds = async () => Number((await database.row('select count(*)::int as count from hold'))['count'])
const events = async (action: string, roundId: string) => database.rows(
  `select actor, subject from audit_event where action = $1 and subject ->> 'round' = $2`, [action, roundId])
const stop = (roundId: string, actor = aigul) => stopRound({ ...world.once(), actor, roundId })

describe('a round', () => {
  it('suggests a place for everybody who waits, and promises nothing', async () => {
    const { roomIds } = await world.home({ sleeps: [1, 1] })
    const [first, second] = [await one(), await one()]
    const before = await holds()
    const roundId = await world.played(aigul)
    expect(await world.roundOf(roundId)).toMatchObject({
      state: 'DONE', arrivals: 2, persons: 2, placed: 2, rooms: 2, failure: null, certificate: { gap: 0 } })
    const rows = await world.rowsOf(roundId)
    expect(rows.map(({ kind, state }) => [kind, state])).toEqual([['SINGLE', 'OPEN'], ['SINGLE', 'OPEN']])
    expect(rows.flatMap(({ legs }) => legs.map(({ roomId }) => roomId)).sort()).toEqual([...roomIds].sort())
    for (const id of [first, second]) expect(await world.arrivalOf(id)).toMatchObject({ state: 'OPEN' })
    expect(await holds()).toBe(before)
    expect(await events('round.started', roundId)).toHaveLength(1)
  })

  it('houses more people than one by one would: who fits anywhere leaves the only room that fits somebody else', async () => {
    const [big, small] = [await room(2), await room(1)]
    const [alone, couple] = [await one(), await world.arrival({ adults: 2 })]
    const legs = (await world.rowsOf(await world.played(aigul))).flatMap((row) => row.legs)
    expect(legs.map(({ arrivalId, roomId }) => [arrivalId, roomId]).sort()).toEqual(
      [[alone, small.roomId], [couple, big.roomId]].sort())
  })

  it('takes whom its scope names and leaves the others alone', async () => {
    await world.home({ sleeps: [1, 1, 3] })
    const [adult, family] = [await one(), await world.arrival({ adults: 1, childrenAges: [4] })]
    await database.rows(`update arrival set from_date = from_date + 5, until_date = until_date + 5 where id = $1`, [await one()])
    const families = await world.rowsOf(await world.played(aigul, { parties: ['FAMILIES'] }))
    expect(families.flatMap(({ legs }) => legs.map(({ arrivalId }) => arrivalId))).toEqual([family])
    const tonight = await world.rowsOf(await world.played(aigul, { parties: ['ADULTS'], withinNights: 0 }))
    expect(tonight.flatMap(({ legs }) => legs.map(({ arrivalId }) => arrivalId))).toEqual([adult])
  })

  it('reads each party and each room as the case page does', async () => {
    const { roomIds } = await world.home({ sleeps: [1, 2] })
    const ids = [await one(), await world.arrival({ adults: 2, childrenAges: [3] })]
    const scope = scopeOf(aigul)
    const who = { cityIds: ['almaty'], withinNights: null, parties: ['GROUPS', 'FAMILIES', 'ADULTS'], arrivalIds: null }
    const needs = await readRoundNeeds(db, who, { moment: now(), policy: DEFAULT_POLICY, most: 10 })
    for (const id of ids) {
      const { need } = await readNeed(scope, id)
      const hours = expect.closeTo(need.hoursUntilFirstEvening, 0) as number
      expect(needs.find((read) => read.need.id === id)?.need).toEqual({ ...need, hoursUntilFirstEvening: hours })
    }
    const facts = await readNeed(scope, ids[0] ?? '')
    const { rooms } = await readRooms(scope, roomIds, { ...facts, restedNights: DEFAULT_POLICY.scales.restedNights })
    const read = await readRoundRooms(db, { cityIds: ['almaty'], restedNights: DEFAULT_POLICY.scales.restedNights })
    expect(read).toEqual(rooms.sort((left, right) => (left.id < right.id ? -1 : 1)))
  })

  it('says of a promise that it is over when it is', async () => {
    await world.home({ sleeps: [1, 1] })
    const guest = await one()
    await one()
    const roundId = await world.played(aigul)
    await world.approve(aigul, roundId)
    const { id } = await database.row('select id::text from placement where arrival_id = $1', [guest])
    await world.end({ placementId: String(id), to: 'DECLINED', side: 'GUEST', reason: 'OTHER' })
    expect(await readRound(scopeOf(aigul), roundId)).toMatchObject({ open: 0, held: 1, ended: 1, lost: 0 })
    const { suggestions } = await readSuggestions(scopeOf(aigul), roundId, { part: null, state: null, skip: 0, most: 9 })
    expect(suggestions.map(({ arrivalIds, state }) => [arrivalIds[0] === guest, state]).sort()).toEqual([[false, 'HELD'], [true, 'ENDED']])
    expect((await listRounds(scopeOf(aigul), { limit: 1 }))[0]).toMatchObject({ id: roundId, held: 1, ended: 1 })
    // stayed and left as agreed: the promise was kept
    await database.rows(`update placement set state = 'DEPARTED' where plan_id in (select plan_id from suggestion where round_id = $1) and state = 'PROPOSED'`, [roundId])
    await database.rows('delete from hold')
    expect(await readRound(scopeOf(aigul), roundId)).toMatchObject({ held: 1, ended: 1 })
  })

  it('leaves a price on the rooms that others would have needed', async () => {
    const { roomId } = await room()
    await one()
    await one()
    const roundId = await world.played(aigul)
    expect(await database.rows('select room_id, points > 0 as paid from room_price where round_id = $1', [roundId])).toEqual(
      [{ room_id: roomId, paid: true }])
  })
})

describe('approving', () => {
  it('holds everything at once, and sent again answers the same and holds nothing more', async () => {
    await world.home({ sleeps: [1, 1] })
    await one()
    await one()
    const roundId = await world.played(aigul)
    const key = world.once()
    const answer = await world.approve(aigul, roundId, key)
    expect(answer).toEqual({ ok: true, value: { held: 2, lost: 0 } })
    const held = await holds()
    expect(await world.approve(aigul, roundId, key)).toEqual(answer)
    expect(await holds()).toBe(held)
    expect((await world.rowsOf(roundId)).map(({ state }) => state)).toEqual(['HELD', 'HELD'])
    expect(await events('round.approved', roundId)).toEqual([{ actor: `user:${aigul.userId}`, subject: { round: roundId, held: 2, lost: 0 } }])
    const { reasons } = await database.row(`select reasons from placement order by created_at desc limit 1`)
    expect(reasons).toMatchObject({ policy: { name: DEFAULT_POLICY.name, version: DEFAULT_POLICY.version } })
  })

  it('holds one, or those that were ticked, and leaves the rest open', async () => {
    await world.home({ sleeps: [1, 1, 1] })
    for (let index = 0; index < 3; index += 1) await one()
    const roundId = await world.played(aigul)
    expect(await world.approve(aigul, roundId, { which: 2 })).toMatchObject({ value: { held: 1, lost: 0 } })
    expect(await world.approve(aigul, roundId, { which: 'chosen', numbers: [3, 99] })).toMatchObject({ value: { held: 1, lost: 0 } })
    expect((await world.rowsOf(roundId)).map(({ state }) => state)).toEqual(['OPEN', 'HELD', 'HELD'])
    expect(await world.approve(aigul, roundId, { which: 'chosen', numbers: [2] })).toMatchObject({ ok: false, reason: 'NOTHING_CHOSEN' })
  })

  it('says by name who was faster, holds the rest, and looks again for those alone', async () => {
    const [first, second, third] = [await room(), await room(), await room()]
    for (let index = 0; index < 2; index += 1) await one()
    const roundId = await world.played(aigul)
    const rows = await world.rowsOf(roundId)
    const stolen = rows[0]!
    await world.proposed([await world.leg(stolen.legs[0]!.roomId, 0, 3)], { actor: bota })
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 1, lost: 1 } })
    expect((await world.rowsOf(roundId))[0]).toMatchObject({
      state: 'LOST', lostReason: 'ROOM_TAKEN', lostDetail: { byName: 'Bota', minutesAgo: 0, roomName: 'room' } })
    const again = await rerunLost({ ...world.once(), actor: aigul, roundId })
    const rerun = again.ok ? again.value.round : ''
    await one()
    await playRoundJob({ roundId: rerun })
    const left = [first, second, third].map(({ roomId }) => roomId).filter((id) => rows.every(({ legs }) => legs[0]!.roomId !== id))
    expect((await world.rowsOf(rerun)).map(({ legs }) => legs)).toMatchObject([[{ arrivalId: stolen.legs[0]!.arrivalId, roomId: left[0] }]])
    expect(await world.approve(aigul, rerun)).toMatchObject({ value: { held: 1, lost: 0 } })
    expect(await rerunLost({ ...world.once(), actor: aigul, roundId: rerun })).toMatchObject({ ok: false, reason: 'NOBODY_LOST' })
  })

  it('reports rooms that closed, homes that paused and guests that left meanwhile, each in words of its own', async () => {
    const homes = [await room(), await room(), await room(), await room()]
    for (let index = 0; index < 4; index += 1) await one()
    const roundId = await world.played(aigul)
    const rows = await world.rowsOf(roundId)
    const of = (index: number) => rows[index]!.legs[0]!
    await database.rows('delete from opening where room_id = $1', [of(0).roomId])
    await database.rows('update host set paused = true where id = $1', [homes.find(({ roomId }) => roomId === of(1).roomId)!.hostId])
    await database.rows(`update arrival set state = 'CLOSED', closed_at = now() where id = $1`, [of(2).arrivalId])
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 1, lost: 3 } })
    expect((await world.rowsOf(roundId)).map(({ lostReason }) => lostReason)).toEqual(['NOT_OFFERED', 'HOST_PAUSED', 'ARRIVAL_GONE', null])
  })

  it('is shared by two who approve at the same moment: each plan is held once', async () => {
    await world.home({ sleeps: Array.from({ length: 12 }, () => 1) })
    for (let index = 0; index < 12; index += 1) await one()
    const roundId = await world.played(aigul)
    const answers = await Promise.all([world.approve(aigul, roundId), world.approve(bota, roundId)])
    const held = answers.map((answer) => (answer.ok ? answer.value.held : 0))
    expect(held[0]! + held[1]!).toBe(12)
    expect(answers.map((answer) => (answer.ok ? answer.value.lost : 0))).toEqual([0, 0])
  })

  it('stops with approvals, keeps nothing half, and goes on when they are open again', async () => {
    await room()
    await one()
    const roundId = await world.played(aigul)
    await database.rows(`update approval_gate set stopped_since = now(), reasons = '{I1}'`)
    expect(await world.approve(aigul, roundId)).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
    expect((await world.rowsOf(roundId)).map(({ state }) => state)).toEqual(['OPEN'])
    await database.rows(`update approval_gate set stopped_since = null, reasons = '{}'`)
    expect(await world.approve(aigul, roundId)).toMatchObject({ value: { held: 1 } })
  })
})

describe('plans of several rooms', () => {
  it('holds a group all together or not at all', async () => {
    const members = [await one(), await one()]
    expect(await formGroup({ ...world.once(), actor: aigul, arrivalIds: members, together: 'SAME_CITY' })).toMatchObject({ ok: true })
    await world.home({ sleeps: [1, 1] })
    const roundId = await world.played(aigul)
    const rows = await world.rowsOf(roundId)
    expect(rows).toMatchObject([{ kind: 'GROUP', persons: 2 }])
    expect(rows[0]!.legs.map(({ arrivalId }) => arrivalId).sort()).toEqual([...members].sort())
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
    const plans = await database.rows('select distinct plan_id from hold where arrival_id = any ($1)', [members])
    expect(plans).toHaveLength(1)
  })

  it('covers the nights of one party by two hosts in turn, and holds both', async () => {
    const [first, second] = [await room(), await room()]
    const guest = await one()
    await database.rows(`update opening set until_date = from_date + 5 where room_id = $1`, [first.roomId])
    await database.rows(`update opening set from_date = from_date + 5 where room_id = $1`, [second.roomId])
    const roundId = await world.played(aigul)
    expect(await world.rowsOf(roundId)).toMatchObject([{ kind: 'RELAY', legs: [{ roomId: first.roomId }, { roomId: second.roomId }] }])
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
    expect(await database.rows('select 1 from hold where arrival_id = $1', [guest])).toHaveLength(2)
  })

  it('puts a family into two rooms of one home, a grown-up in each', async () => {
    await world.home({ sleeps: [3, 2] })
    await world.arrival({ adults: 2, childrenAges: [1, 5, 10] })
    const roundId = await world.played(aigul)
    expect(await world.rowsOf(roundId)).toMatchObject([{ kind: 'SEVERAL_ROOMS', persons: 5, legs: [{ adults: 1 }, { adults: 1 }] }])
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
  })
})

describe('a long result', () => {
  it('is read page by page to its end, and whoever lost a place stands in no page\'s way', async () => {
    const ids = [await one(), await one(), await one(), await one(), await one()]
    const roundId = await world.played(aigul)
    const scope = scopeOf(aigul)
    const pages = await Promise.all([0, 2, 4].map((skip) => readSuggestions(scope, roundId, { part: 'NONE', state: null, skip, most: 2 })))
    expect(pages.map(({ suggestions }) => suggestions.length)).toEqual([2, 2, 1])
    expect(pages.flatMap(({ suggestions }) => suggestions.flatMap(({ arrivalIds }) => arrivalIds)).sort()).toEqual([...ids].sort())
    expect(pages[2]!.counts).toEqual({ NONE: 5 })
    expect((await readSuggestions(scope, roundId, { part: 'SINGLE', state: null, skip: 0, most: 9 })).suggestions).toEqual([])
    await database.rows(`update suggestion set state = 'LOST', lost_reason = 'ROOM_TAKEN' where round_id = $1 and number > 2`, [roundId])
    const lost = await readSuggestions(scope, roundId, { part: null, state: 'LOST', skip: 0, most: 9 })
    expect(lost.suggestions.map(({ number }) => number)).toEqual([3, 4, 5])
  })
})

describe('nothing to match', () => {
  it('says that nobody waits', async () => {
    await room()
    expect(await world.roundOf(await world.played(aigul))).toMatchObject({ state: 'DONE', arrivals: 0, placed: 0 })
  })

  it('says of everybody why there is no room, and approves nothing', async () => {
    await one()
    const roundId = await world.played(aigul)
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'DONE', arrivals: 1, rooms: 0, placed: 0 })
    expect(await world.rowsOf(roundId)).toMatchObject([{ kind: null, state: 'OPEN', legs: [] }])
    expect(await world.approve(aigul, roundId)).toMatchObject({ ok: false, reason: 'NOTHING_CHOSEN' })
  })
})

describe('one round of a town at a time', () => {
  it('is refused with who started the other one, and free again when that is over', async () => {
    const roundId = await world.started(bota)
    expect(await world.start(aigul)).toEqual({ ok: false, reason: 'ROUND_RUNNING', detail: { byName: 'Bota', minutesAgo: 0, roundId } })
    await playRoundJob({ roundId })
    expect(await world.start(aigul)).toMatchObject({ ok: true })
  })

  it('holds when several start at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.start(aigul)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('holds without the command too: the database refuses a second', async () => {
    await world.started(aigul)
    await expect(database.rows(`insert into round (city_ids, parties, policy, started_by) values ('{almaty}', '{ADULTS}', '{}', $1)`, [aigul.userId]))
      .rejects.toMatchObject({ constraint: 'round_one_per_city' })
  })

  it('starts once however often the form is sent', async () => {
    const key = world.once()
    const [first, second] = [await world.start(aigul, key), await world.start(aigul, key)]
    expect(second).toEqual({ ...first, replayed: true })
    expect(await world.start(aigul, { ...key, requestHash: 'other' })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
  })
})

describe('stopping', () => {
  it('ends a round that waits before it begins', async () => {
    await one()
    const roundId = await world.started(aigul)
    expect(await stop(roundId)).toMatchObject({ ok: true })
    await playRoundJob({ roundId })
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'STOPPED', started_at: null, placed: 0 })
    expect(await world.start(aigul)).toMatchObject({ ok: true })
    expect(await events('round.stopped', roundId)).toHaveLength(1)
  })

  it('ends one that runs, and says of whoever would have had a place that they were not reached', async () => {
    await room()
    await one()
    const roundId = await world.started(aigul)
    await database.rows('update round set stop_asked_at = now() where id = $1', [roundId])
    await playRoundJob({ roundId })
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'STOPPED', failure: null, certificate: { complete: false } })
    expect(await world.rowsOf(roundId)).toMatchObject([{ kind: null, reason: 'NOT_REACHED', nearest: null, needs_decision: false }])
  })

  it('gives signs of life and hears a stop also while it reads', async () => {
    await room()
    await one()
    const roundId = await world.started(aigul)
    const other = await testDatabase()
    await other.rows('begin')
    // reading rooms waits for this, as it would in a very large city
    await other.rows('lock table room in access exclusive mode')
    const playing = playRoundJob({ roundId })
    const beat = async () => Number(new Date(String((await world.roundOf(roundId))['beat_at'] ?? 0)))
    await expect.poll(beat).toBeGreaterThan(0)
    const first = await beat()
    await expect.poll(beat, { timeout: 3_000 }).toBeGreaterThan(first)
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'RUNNING', step: 'READING' })
    await stop(roundId)
    await expect.poll(beat, { timeout: 3_000 }).toBeGreaterThan(await beat())
    await other.rows('rollback')
    await playing
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'STOPPED', failure: null })
  })

  it('puts a round off while the hands of a worker are full, and takes it when its turn comes', async () => {
    const roundId = await world.started(aigul)
    await askAgain(roundId)
    const jobs = await database.rows(
      "select run_at - now() > interval '1 second' as later from graphile_worker.jobs where key = $1", [`round:${roundId}`])
    expect(jobs).toEqual([{ later: true }])
    await playRoundJob({ roundId })
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'DONE' })
  })

  it('leaves a round alone that is over', async () => {
    const roundId = await world.played(aigul)
    expect(await stop(roundId)).toMatchObject({ ok: true })
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'DONE' })
    expect(await events('round.stopped', roundId)).toEqual([])
  })
})

describe('a worker that is gone', () => {
  const rescue = () => database.rows('select rescue_rounds()')

  it('ends its round with the reason, frees the town, and writes nothing when it comes back', async () => {
    await room()
    await one()
    const roundId = await world.started(aigul)
    await takeRound(roundId)
    await rescue()
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'RUNNING' })
    await database.rows(`update round set beat_at = now() - interval '20 seconds' where id = $1`, [roundId])
    await rescue()
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'FAILED', failure: 'WORKER_GONE' })
    expect(await world.start(aigul)).toMatchObject({ ok: true })
    const found = { suggestions: [], prices: null, certificate: { gap: 0, complete: true, passes: [] }, persons: 0, stopped: false }
    expect(await finishRound(roundId, found)).toBe(false)
    expect(await world.approve(aigul, roundId)).toMatchObject({ ok: false, reason: 'ROUND_NOT_DONE' })
  })

  it('before it began, the round is asked for again', async () => {
    const roundId = await world.started(aigul)
    const jobs = () => database.rows(`select 1 from graphile_worker.jobs where key = $1`, [`round:${roundId}`])
    expect(await jobs()).toHaveLength(1)
    await database.rows(`select graphile_worker.remove_job($1)`, [`round:${roundId}`])
    await database.rows(`update round set asked_at = now() - interval '20 seconds' where id = $1`, [roundId])
    await rescue()
    expect(await jobs()).toHaveLength(1)
  })

  it('a second worker that gets the same job does nothing', async () => {
    await room()
    await one()
    const roundId = await world.started(aigul)
    await Promise.all([playRoundJob({ roundId }), playRoundJob({ roundId })])
    expect(await world.rowsOf(roundId)).toHaveLength(1)
  })
})

describe('nonsense', () => {
  const good = { cities: ['almaty'], nights: 'all', parties: ['ADULTS'] }
  it.each([
    ['no town', { ...good, cities: [] }], ['a town that is none', { ...good, cities: ['atlantis'] }], ['nobody', { ...good, parties: [] }],
    ['other people', { ...good, parties: ['CATS'] }], ['other nights', { ...good, nights: '-1' }], ['text for a list', { ...good, cities: 'almaty' }],
    ['more than was asked', { ...good, more: 'x' }],
  ])('%s is refused by the form', (_what, form) => {
    expect(startRoundSchema.safeParse(form).success).toBe(false)
  })

  it.each([
    ['one town decides by its own', ['almaty'], 'OWN', 'almaty'], ['several by that of one of them', ['almaty', 'astana'], 'astana', 'astana'],
    ['not by that of another', ['almaty'], 'astana', 'POLICY_NOT_CHOSEN'], ['several have none of their own', ['almaty', 'astana'], 'OWN', 'POLICY_OF_SEVERAL'],
    ['nor by nonsense', ['almaty'], 'own', 'CHOICE_INVALID'],
  ])('policies: %s', (_what, cities, policyOf, answer) => {
    const read = startFormSchema.safeParse({ ...good, cities, policyOf })
    expect(read.success ? read.data.policyOf : read.error.issues.map(({ path, message }) => [path, message])).toEqual(
      read.success ? answer : [[['policyOf'], answer]])
  })

  it.each([['which', { which: 'none' }], ['a number below one', { which: '0' }], ['a number that is none', { numbers: ['1e3'] }],
    ['a number without end', { numbers: ['9'.repeat(40)] }]])('%s is refused before anything is approved', (_what, over) => {
    expect(approveRoundSchema.safeParse({ roundId: crypto.randomUUID(), which: 'all', ...over }).success).toBe(false)
  })

  it('a town somebody does not serve is not theirs to match, to see or to stop', async () => {
    const elsewhere = { ...aigul, cityIds: ['astana'] }
    await expect(world.start(elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.start(aigul, { cityIds: ['almaty', 'astana'] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.start(aigul, { cityIds: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const roundId = await world.started(aigul)
    await expect(stop(roundId, elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await playRoundJob({ roundId })
    await expect(world.approve(elsewhere, roundId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readRound(scopeOf(elsewhere), roundId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readSuggestions(scopeOf(elsewhere), roundId, { part: null, state: null, skip: 0, most: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await listRounds(scopeOf(elsewhere), { limit: 5 })).toEqual([])
    await expect(stop(crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('a round that is not over is not approved', async () => {
    const roundId = await world.started(aigul)
    expect(await world.approve(aigul, roundId)).toMatchObject({ ok: false, reason: 'ROUND_NOT_DONE' })
  })
})

describe('forgetting', () => {
  it('takes a party out of every suggestion when it is erased, also while its round is played', async () => {
    await world.home({ sleeps: [1, 1] })
    const [erased, kept] = [await one(), await one()]
    const roundId = await world.played(aigul)
    await database.rows('select erase_arrival($1)', [erased])
    expect((await world.rowsOf(roundId)).flatMap(({ legs }) => legs.map(({ arrivalId }) => arrivalId))).toEqual([kept])
    const next = await world.started(aigul)
    await takeRound(next)
    const suggestion = { arrivalId: erased, arrivalIds: [erased], kind: null, legs: [], persons: 1, score: null, maximum: null,
      reason: 'NOT_FREE' as const, nearest: null, needsDecision: false, company: null }
    await finishRound(next, { suggestions: [suggestion], prices: null, certificate: { gap: 0, complete: true, passes: [] }, persons: 0, stopped: false })
    expect(await world.rowsOf(next)).toEqual([])
  })

  it('lets rounds go after thirty days with all they suggested', async () => {
    await room()
    await one()
    const roundId = await world.played(aigul)
    await database.rows(`update round set finished_at = now() - interval '31 days' where id = $1`, [roundId])
    await database.rows('select prune_rounds()')
    expect(await database.rows('select 1 from round where id = $1', [roundId])).toEqual([])
    expect(await world.rowsOf(roundId)).toEqual([])
  })
})
