import { beforeAll, describe, expect, it } from 'vitest'
import { readCase } from '@/app/[locale]/coordinate/read-case'
import { scopeOf } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { compare, rankForAll } from '@/lib/matching/shadow'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  aigul = { kind: 'USER', userId: await world.person('COORDINATOR', 'Aigul'), role: 'COORDINATOR', name: 'Aigul', cityIds: ['almaty'], hostId: null }
})

/** A round over Almaty that has left these prices. */
async function played(prices: Readonly<Record<string, number>>, { daysAgo = 0, cityId = 'almaty' } = {}): Promise<void> {
  const { id } = await database.row(
    `insert into round (city_ids, parties, policy, started_by, state, started_at, finished_at, persons, certificate)
     values (array[$1], '{GROUPS,FAMILIES,ADULTS}', '{}', $2, 'DONE', now() - make_interval(days => $3), now() - make_interval(days => $3), 0, '{}') returning id`,
    [cityId, aigul.userId, daysAgo])
  for (const [roomId, points] of Object.entries(prices)) {
    await database.rows(
      'insert into room_price (room_id, points, round_id) values ($1, $2, $3) on conflict (room_id) do update set points = $2, round_id = $3', [roomId, points, id])
  }
}

async function asked(): Promise<string> {
  const arrivalId = await world.arrival({ adults: 2 })
  // nights enough ahead that prices count in full
  await database.rows('update arrival set from_date = from_date + 10, until_date = until_date + 10 where id = $1', [arrivalId])
  return arrivalId
}

const read = async (arrivalId: string) => {
  const found = await readCase(scopeOf(aigul), arrivalId, { room: '', find: '' })
  if (!found.rooms) throw new Error('it looks for rooms')
  return { ...found.rooms, need: found.arrival.need }
}

describe('what a room costs everybody else', () => {
  it('is unknown until a round over the town was played', async () => {
    await world.home({ sleeps: [2] })
    expect((await read(await asked())).prices).toBeNull()
  })

  it('ranks the rooms of a case a second time, and tells what the difference costs', async () => {
    const dear = await world.home({ sleeps: [2] })
    const cheap = await world.home({ sleeps: [3] })
    await played({ [dear.roomId]: 9000 })
    const { prices, matches: { candidates }, need } = await read(await asked())
    if (prices === null) throw new Error('a round was played')
    const comparison = compare(candidates, prices, need)
    const [best] = rankForAll(candidates, prices, need)
    expect(rankForAll(candidates, prices, need).find(({ room }) => room.id === dear.roomId)?.price).toBeGreaterThanOrEqual(45)
    expect(comparison?.forAll.room.id).toBe(best?.room.id)
    expect(comparison?.forAll.room.id).not.toBe(dear.roomId)
    expect(candidates.map(({ room }) => room.id)).toEqual(expect.arrayContaining([dear.roomId, cheap.roomId]))
  })

  it.each<[string, { daysAgo?: number; cityId?: string }]>([
    ['a round of days ago', { daysAgo: 4 }], ['a round of another town', { cityId: 'astana' }],
  ])('says nothing by %s', async (_name, round) => {
    await database.rows('delete from room_price')
    const { roomId } = await world.home({ sleeps: [2], ...(round.cityId && { cityId: round.cityId }) })
    await played({ [roomId]: 90 }, round)
    expect((await read(await asked())).prices).toBeNull()
  })
})
