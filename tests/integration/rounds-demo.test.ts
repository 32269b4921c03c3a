import { beforeAll, describe, expect, it } from 'vitest'
import { DEMO_USERS } from '@/lib/auth/demo'
import type { UserActor } from '@/lib/auth/rules'
import { checkInvariants } from '@/lib/db/invariants'
import { Client } from 'pg'
import { CITY_IDS } from '@/prisma/seed/cities'
import { seedDatabase } from '@/prisma/seed/run'
import { DEMO_SIZE } from '@/prisma/seed/world'
import { roundWorld, type Row } from '../setup/round-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof roundWorld>
let rows: Row[]
let roundId: string
const aigul: UserActor = { kind: 'USER', userId: DEMO_USERS.coordinate, role: 'COORDINATOR', name: 'Айгуль', cityIds: CITY_IDS, hostId: null }

beforeAll(async () => {
  database = await testDatabase()
  await seedDatabase({ ...DEMO_SIZE, seed: 2022, add: false, told: true })
  world = roundWorld(database)
  roundId = await world.played(aigul, { cityIds: CITY_IDS })
  rows = await world.rowsOf(roundId)
})

const idOf = async (nickname: string) => String((await database.row('select id from arrival where nickname = $1', [nickname]))['id'])
const legsOf = async (nickname: string) => {
  const id = await idOf(nickname)
  return rows.find((row) => row.legs.some(({ arrivalId }) => arrivalId === id))
}

describe('a round over the demo', () => {
  it('places the colleagues who still wait as one group', async () => {
    const waiting = await database.rows(`select id from arrival where group_id is not null and state = 'OPEN'`)
    const group = rows.find(({ kind }) => kind === 'GROUP')
    expect(group?.persons).toBe(12)
    expect(new Set(group?.legs.map(({ arrivalId }) => arrivalId))).toEqual(new Set(waiting.map(({ id }) => String(id))))
  })

  it('finds the writer a room for all nights with beds for those who join him in winter', async () => {
    const row = await legsOf('Тихий журавль')
    expect(row).toMatchObject({ kind: 'SINGLE', legs: [{ adults: 1, later: 2 }] })
  })

  it('covers sixty nights of a family with a dog by three hosts in turn', async () => {
    const row = await legsOf('Степной тулпар')
    expect(row).toMatchObject({ kind: 'RELAY', persons: 5 })
    const hosts = await database.rows(`select distinct home.host_id from room join home on home.id = room.home_id where room.id = any ($1)`,
      [row?.legs.map(({ roomId }) => roomId)])
    expect(hosts).toHaveLength(3)
  })

  it('puts people on the mattresses of the hall', async () => {
    const places = rows.flatMap(({ legs }) => legs.map(({ roomId }) => roomId))
    const hall = await database.rows(`select room.id from room join home on home.id = room.home_id where home.kind = 'HALL' and room.id = any ($1)`, [places])
    expect(hall.length).toBeGreaterThan(0)
  })

  it('is approved as a whole, and no statement about the truth is violated by it', async () => {
    const plans = rows.filter(({ kind }) => kind !== null).length
    expect(await world.approve(aigul, roundId)).toEqual({ ok: true, value: { held: plans, lost: 0 } })
    const client = new Client({ connectionString: database.connectionString })
    await client.connect()
    const found = (await checkInvariants(client)).flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id} ${what}`))
    await client.end()
    expect(found).toEqual([])
  })
})
