import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { refusalOf } from '@/lib/placements/commands/rule-refusal'
import { approveRound, type ApproveRound, type Hands } from '@/lib/rounds/commands/approve'
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

const holds = async () => Number((await database.row('select count(*)::int as count from hold'))['count'])
/** What is written down of each suggestion, and which plan holds its party. */
const decided = (roundId: string) => database.rows(`
  select number, state, plan_id::text as plan, (select min(hold.plan_id::text) from hold where hold.arrival_id = suggestion.arrival_id) as "heldBy"
  from suggestion where round_id = $1 order by number`, [roundId])
/** Nobody comes back to what an approval had in hand. */
const claimsRanOut = (roundId: string) =>
  database.rows(`update suggestion set claimed_at = claimed_at - interval '2 minutes' where round_id = $1`, [roundId])

/** The process is gone before plans are asked for, or when they are held and nothing is noted yet. */
const goneBefore: Hands['propose'] = () => Promise.reject(new Error('gone'))
const goneAfter: Hands['propose'] = async (request) => {
  await proposeMany(request)
  throw new Error('gone')
}

async function cutOff(propose: Hands['propose'], request: Omit<ApproveRound, 'which' | 'numbers'> & Partial<ApproveRound>) {
  await expect(approveRound({ which: 'all', numbers: [], ...request }, { propose, refusalOf })).rejects.toThrow('gone')
}

/** A played round that has a place for each of so many who wait alone. */
async function playedFor(people: number): Promise<string> {
  await world.home({ sleeps: Array.from({ length: people }, () => 1) })
  for (let index = 0; index < people; index += 1) await world.arrival({ adults: 1 })
  return world.played(aigul)
}

function expectHeld(rows: Awaited<ReturnType<typeof decided>>, numbers: readonly number[]) {
  expect(rows.map(({ number }) => number as number)).toEqual(numbers)
  for (const { state, plan, heldBy } of rows) expect([state, plan]).toEqual(['HELD', heldBy])
}

describe('an approval that was cut off after its plans were held', () => {
  it('is ended by a colleague: all of it is held, nothing is lost, and the first one answers the same', async () => {
    const roundId = await playedFor(3)
    const first = world.once()
    await cutOff(goneAfter, { ...first, actor: aigul, roundId })
    const held = await holds()
    expect((await decided(roundId)).map(({ state }) => state as string)).toEqual(['OPEN', 'OPEN', 'OPEN'])
    await claimsRanOut(roundId)
    expect(await world.approve(bota, roundId)).toEqual({ ok: true, value: { held: 3, lost: 0 } })
    expectHeld(await decided(roundId), [1, 2, 3])
    expect(await world.approve(aigul, roundId, first)).toEqual({ ok: true, value: { held: 3, lost: 0 } })
    expectHeld(await decided(roundId), [1, 2, 3])
    expect(await holds()).toBe(held)
  })

  it('is ended by the same form sent again', async () => {
    const roundId = await playedFor(2)
    const first = world.once()
    await cutOff(goneAfter, { ...first, actor: aigul, roundId })
    expect(await world.approve(aigul, roundId, first)).toEqual({ ok: true, value: { held: 2, lost: 0 } })
    expectHeld(await decided(roundId), [1, 2])
  })

  it('is ended as a whole where a plan is a relay', async () => {
    const homes = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    await world.arrival({ adults: 1 })
    await database.rows('update opening set until_date = from_date + 5 where room_id = $1', [homes[0]?.roomId])
    await database.rows('update opening set from_date = from_date + 5 where room_id = $1', [homes[1]?.roomId])
    const roundId = await world.played(aigul)
    await cutOff(goneAfter, { ...world.once(), actor: aigul, roundId })
    await claimsRanOut(roundId)
    expect(await world.approve(bota, roundId)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
    expectHeld(await decided(roundId), [1])
  })

  it('is about the same suggestions when it is sent again, though more are free by then', async () => {
    const roundId = await playedFor(3)
    await cutOff(goneBefore, { ...world.once(), actor: bota, roundId, which: 1 })
    const first = world.once()
    await cutOff(goneAfter, { ...first, actor: aigul, roundId })
    await claimsRanOut(roundId)
    expect(await world.approve(aigul, roundId, first)).toEqual({ ok: true, value: { held: 2, lost: 0 } })
    const [open, ...rest] = await decided(roundId)
    expect(open).toMatchObject({ number: 1, state: 'OPEN', heldBy: null })
    expectHeld(rest, [2, 3])
  })

  it('gives each of the others its own plan when one has been erased meanwhile', async () => {
    const roundId = await playedFor(3)
    const first = world.once()
    await cutOff(goneAfter, { ...first, actor: aigul, roundId })
    const [row] = await world.rowsOf(roundId)
    await database.rows(`select withdraw_arrival('test', $1, 'h', $2, true)`, [world.newKey(), row?.legs[0]?.arrivalId])
    expect((await decided(roundId)).map(({ number }) => number as number)).toEqual([2, 3])
    const answer = await world.approve(aigul, roundId, first)
    expect(answer).toEqual({ ok: true, value: { held: 2, lost: 0 } })
    expectHeld(await decided(roundId), [2, 3])
    expect(await world.approve(aigul, roundId, first)).toEqual(answer)
  })
})

describe('an approval that was cut off before', () => {
  it('does not ask again for what somebody else has decided meanwhile', async () => {
    const roundId = await playedFor(2)
    const first = world.once()
    await cutOff(goneBefore, { ...first, actor: aigul, roundId })
    await claimsRanOut(roundId)
    const { legs: [leg] } = (await world.rowsOf(roundId))[0]!
    await database.rows('update room set in_service = false where id = $1', [leg?.roomId])
    expect(await world.approve(bota, roundId)).toEqual({ ok: true, value: { held: 1, lost: 1 } })
    await database.rows('update room set in_service = true where id = $1', [leg?.roomId])
    const held = await holds()
    expect(await world.approve(aigul, roundId, first)).toEqual({ ok: true, value: { held: 1, lost: 1 } })
    expect(await holds()).toBe(held)
    expect((await decided(roundId)).map(({ state }) => state as string)).toEqual(['LOST', 'HELD'])
  })

  it('goes on under its key when approvals had stopped', async () => {
    const roundId = await playedFor(1)
    const first = world.once()
    await database.rows(`update approval_gate set stopped_since = now(), reasons = '{I1}'`)
    expect(await world.approve(aigul, roundId, first)).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
    await database.rows(`update approval_gate set stopped_since = null, reasons = '{}'`)
    expect(await world.approve(aigul, roundId, first)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
  })
})

describe('what is lost all the same', () => {
  it('is a party that was promised another place, or fewer of the same nights', async () => {
    const roundId = await playedFor(2)
    const spare = await world.home({ sleeps: [1] })
    const [one, other] = (await world.rowsOf(roundId)).map(({ legs }) => legs[0])
    await world.proposed([await world.leg(spare.roomId, 0, 10)], { actor: bota, arrivalId: one?.arrivalId ?? '' })
    await world.proposed([await world.leg(other?.roomId ?? '', 0, 9)], { actor: bota, arrivalId: other?.arrivalId ?? '' })
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 0, lost: 2 } })
    expect((await world.rowsOf(roundId)).map(({ lostReason }) => lostReason)).toEqual(['ARRIVAL_TAKEN', 'ARRIVAL_TAKEN'])
  })

  it('is not asked for under a key of another form, and a key that found nothing is free', async () => {
    const roundId = await playedFor(1)
    const [first, second] = [world.once(), world.once()]
    await cutOff(goneBefore, { ...first, actor: bota, roundId })
    expect(await world.approve(aigul, roundId, second)).toMatchObject({ ok: false, reason: 'NOTHING_CHOSEN' })
    expect(await world.approve(bota, roundId, { ...first, requestHash: 'another' })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
    await claimsRanOut(roundId)
    expect(await world.approve(aigul, roundId, second)).toEqual({ ok: true, value: { held: 1, lost: 0 } })
  })
})
