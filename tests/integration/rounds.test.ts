import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { playRoundJob } from '@/lib/jobs/play-round'
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

describe('a round', () => {
  it('suggests a place for everybody who waits, and promises nothing', async () => {
    const { roomIds } = await world.home({ sleeps: [1, 1] })
    const [one, other] = [await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })]
    const roundId = await world.played(aigul)
    expect(await world.roundOf(roundId)).toMatchObject({ state: 'DONE', arrivals: 2, persons: 2, placed: 2, rooms: 2, failure: null })
    const rows = await world.rowsOf(roundId)
    expect(rows.map(({ kind, state }) => [kind, state])).toEqual([['SINGLE', 'OPEN'], ['SINGLE', 'OPEN']])
    expect(rows.flatMap(({ legs }) => legs.map(({ roomId }) => roomId)).sort()).toEqual([...roomIds].sort())
    for (const id of [one, other]) expect(await world.arrivalOf(id)).toMatchObject({ state: 'OPEN' })
    await playRoundJob({ roundId })
  })
})
