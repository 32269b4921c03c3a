import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formGroup } from '@/lib/arrivals/commands/group'
import type { UserActor } from '@/lib/auth/rules'
import { playRoundJob } from '@/lib/jobs/play-round'
import { finishRound, takeRound } from '@/lib/rounds/commands/play'
import { rerunLost } from '@/lib/rounds/commands/start'
import { roundWorld } from '../setup/round-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof roundWorld>
let aigul: UserActor

beforeAll(async () => {
  database = await testDatabase()
  world = roundWorld(database)
  aigul = await world.staff('COORDINATOR')
})

beforeEach(() => world.empty())

const one = () => world.arrival({ adults: 1 })

describe('a group', () => {
  const grouped = async (arrivalIds: string[]) => formGroup({ ...world.once(), actor: aigul, arrivalIds, together: 'SAME_CITY' })

  it('with a member who wants another town is not whole without them, and they stand in no result of a town they do not want', async () => {
    const [here, elsewhere] = [await one(), await one()]
    await grouped([here, elsewhere])
    await database.rows(`update arrival set city_ids = '{astana}' where id = $1`, [elsewhere])
    await world.home({ sleeps: [1, 1] })
    const roundId = await world.played(aigul)
    expect(await world.rowsOf(roundId)).toMatchObject([{ kind: null, reason: 'GROUP_NOT_WHOLE', persons: 1 }])
    expect(await database.rows('select arrival_ids::text[] as ids from suggestion where round_id = $1', [roundId])).toEqual([{ ids: [here] }])
    expect(await world.roundOf(roundId)).toMatchObject({ arrivals: 1, persons: 1, placed: 0 })
  })

  it('takes part in the nights of a scope where one of its members does, then whole, and no group of other nights does', async () => {
    const [soon, later, far, farther] = [await one(), await one(), await one(), await one()]
    await database.rows('update arrival set from_date = from_date + 5, until_date = until_date + 5 where id = any ($1)', [[later, far, farther]])
    await grouped([soon, later])
    await grouped([far, farther])
    await world.home({ sleeps: [1, 1, 1, 1] })
    const rows = await world.rowsOf(await world.played(aigul, { withinNights: 0 }))
    expect(rows.map(({ kind, legs }) => [kind, legs.map(({ arrivalId }) => arrivalId).sort()])).toEqual([['GROUP', [soon, later].sort()]])
  })

  it('names the member it is about when its places are lost', async () => {
    const members = [await one(), await one(), await one()]
    await grouped(members)
    await world.home({ sleeps: [1, 1, 1] })
    const roundId = await world.played(aigul)
    await database.rows(`update arrival set state = 'WITHDRAWN', closed_at = now() where id = $1`, [members[2]])
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: 0, lost: 1 } })
    expect(await world.rowsOf(roundId)).toMatchObject([{ state: 'LOST', lostReason: 'ARRIVAL_GONE', lostDetail: { arrivalId: members[2] } }])
    await database.rows('select erase_arrival($1)', [members[2]])
    expect((await world.rowsOf(roundId))[0]?.lostDetail, 'and forgets who was erased').toEqual({})
  })

  it('of which one is erased keeps its place in the result as lost, and the others are matched again', async () => {
    const members = [await one(), await one(), await one()]
    await grouped(members)
    await world.home({ sleeps: [1, 1, 1] })
    const roundId = await world.played(aigul)
    const others = members.slice(1).sort()
    await database.rows('select erase_arrival($1)', [members[0]])
    const [row] = await world.rowsOf(roundId)
    expect(row).toMatchObject({ kind: 'GROUP', state: 'LOST', lostReason: 'MEMBER_ERASED', persons: 2 })
    expect(row!.legs.map(({ arrivalId }) => arrivalId).sort()).toEqual(others)
    expect(await world.approve(aigul, roundId)).toMatchObject({ ok: false, reason: 'NOTHING_CHOSEN' })
    const again = await rerunLost({ ...world.once(), actor: aigul, roundId })
    const rerun = again.ok ? again.value.round : ''
    await playRoundJob({ roundId: rerun })
    const [found] = await world.rowsOf(rerun)
    expect(found).toMatchObject({ kind: 'GROUP', state: 'OPEN', persons: 2 })
    expect(found!.legs.map(({ arrivalId }) => arrivalId).sort()).toEqual(others)
  })

  it('of which one is erased while the round is played is written without them, as lost', async () => {
    const [erased, kept] = [await one(), await one()]
    const roundId = await world.started(aigul)
    await takeRound(roundId)
    await database.rows('select erase_arrival($1)', [erased])
    const legOf = (arrivalId: string) => ({
      arrivalId, roomId: crypto.randomUUID(), from: '2026-10-10', until: '2026-10-12', adults: 1, childrenAges: [], later: 0 })
    const suggestion = { arrivalId: erased, arrivalIds: [erased, kept], kind: 'GROUP' as const, legs: [legOf(erased), legOf(kept)], persons: 2,
      score: 1, maximum: 2, reason: null, nearest: null, needsDecision: false, company: null }
    await finishRound(roundId, { suggestions: [suggestion], prices: null, certificate: { gap: 0, complete: true, passes: [] }, persons: 2, stopped: false })
    expect(await world.rowsOf(roundId)).toMatchObject([{ state: 'LOST', lostReason: 'MEMBER_ERASED', persons: 1, legs: [{ arrivalId: kept }] }])
  })
})
