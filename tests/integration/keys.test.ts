import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { formGroup } from '@/lib/arrivals/commands/group'
import { propose } from '@/lib/placements/commands/propose'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { secondYes } from '@/lib/placements/commands/yes'
import { smallStays } from '../setup/small-stays'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let blocker: TestDatabase
let world: ReturnType<typeof smallStays>
let aigul: UserActor

beforeAll(async () => {
  database = await testDatabase()
  blocker = await connect(database.connectionString)
  world = smallStays(database)
  aigul = await world.staff('COORDINATOR')
})

const LONGEST_LOOKS = 100
type Answered = Promise<{ ok: boolean }>

/** Waits until so many wait for each other in the database. */
async function waitFor(count: number) {
  for (let look = 0; look < LONGEST_LOOKS; look += 1) {
    const { waiting } = await database.row(`select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)
    if (Number(waiting) >= count) return
    await pause(10)
  }
}

/** Starts one after the other while somebody has the party in hand, so that the first is under way when the second comes. */
async function underWay(arrivalId: string, first: () => Answered, second: () => Answered) {
  await blocker.rows('begin')
  await blocker.rows('select 1 from arrival where id = $1 for update', [arrivalId])
  const one = first()
  await waitFor(1)
  const other = second()
  await waitFor(2)
  await blocker.rows('rollback')
  return Promise.all([one, other])
}

/** A plan for somebody new, in a room of its own. */
async function single() {
  const [arrivalId, { roomId }] = [await world.arrival({ adults: 1 }), await world.home({ sleeps: [1] })]
  return { arrivalId, kind: 'SINGLE' as const, legs: [await world.leg(roomId, 0, 3)] }
}

const heldOf = async (arrivalId: string) => (await database.rows('select 1 from hold where arrival_id = $1', [arrivalId])).length

it('a plan under way under a key has the key: many plans that come with it are refused and nothing of them is held', async () => {
  const by = { ...world.once(), actor: aigul }
  const [mine, other] = [await single(), await single()]
  const answers = await underWay(mine.arrivalId, () => propose({ ...by, ...mine }), () => proposeMany({ ...by, proposals: [other] }))
  expect(answers).toMatchObject([{ ok: true }, { ok: false, reason: 'KEY_REUSED' }])
  expect([await heldOf(mine.arrivalId), await heldOf(other.arrivalId)]).toEqual([1, 0])
})

it('many plans under way have the key: a plan that comes with it is refused and is not held', async () => {
  const by = { ...world.once(), actor: aigul }
  const [mine, other] = [await single(), await single()]
  const answers = await underWay(mine.arrivalId, () => proposeMany({ ...by, proposals: [mine] }), () => propose({ ...by, ...other }))
  expect(answers).toMatchObject([{ ok: true }, { ok: false, reason: 'KEY_REUSED' }])
  expect([await heldOf(mine.arrivalId), await heldOf(other.arrivalId)]).toEqual([1, 0])
})

it('a plan under way has the key: a group that comes with it is not formed', async () => {
  const by = { ...world.once(), actor: aigul }
  const mine = await single()
  const arrivalIds = [await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })]
  const answers = await underWay(mine.arrivalId, () => propose({ ...by, ...mine }),
    () => formGroup({ ...by, arrivalIds, together: 'SAME_CITY' }))
  expect(answers).toMatchObject([{ ok: true }, { ok: false, reason: 'KEY_REUSED' }])
  expect(await database.rows('select 1 from arrival where id = any ($1) and group_id is not null', [arrivalIds])).toEqual([])
})

it('a plan under way has the key: a yes that comes with it is not given', async () => {
  const lead = await world.staff('LEAD', 'Erlan')
  const by = { ...world.once(), actor: lead }
  const [mine, asked] = [await single(), await single()]
  const [placementId = ''] = await world.proposed(asked.legs, { arrivalId: asked.arrivalId })
  const answers = await underWay(mine.arrivalId, () => propose({ ...by, ...mine }), () => secondYes({ ...by, placementId }))
  expect(answers).toMatchObject([{ ok: true }, { ok: false, reason: 'KEY_REUSED' }])
  expect(await database.rows('select 1 from approval where placement_id = $1', [placementId])).toHaveLength(1)
})

it('a request that is taken back has its key before it waits for the party: nobody waits in a circle', async () => {
  const by = { ...world.once(), actor: aigul }
  const mine = await single()
  let keysHeld: unknown
  const answers = await underWay(mine.arrivalId, () => withdrawFor({ ...by, arrivalId: mine.arrivalId }), async () => {
    ({ count: keysHeld } = await database.row(`select count(*)::int as count from pg_locks
      where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`))
    return propose({ ...by, ...mine })
  })
  expect(keysHeld).toBe(1)
  expect(answers).toMatchObject([{ ok: true }, { ok: false, reason: 'KEY_REUSED' }])
  expect(await heldOf(mine.arrivalId)).toBe(0)
})
