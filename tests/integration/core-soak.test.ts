import { Client } from 'pg'
import { expect, it } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { crowdedWorld, soakWorker } from '../setup/soak'
import { smallWorld } from '../setup/small-world'
import { connect, scratchDatabase, testDatabase } from '../setup/test-database'

const WORKERS = 16
const SOAK_MS = Number(process.env['SOAK_MS'] ?? 4_000)
const LEAST_ANSWERS = 300
const LONGEST_MS = SOAK_MS + 40_000

it('has sixteen people at the same few rooms, guests and hosts: refusals, and nothing else', async () => {
  const database = await testDatabase()
  const crowd = await crowdedWorld(database, smallWorld(database))
  const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
  const tally = new Map<string, number>()
  const count = (line: string) => { tally.set(line, (tally.get(line) ?? 0) + 1) }
  const start = Date.now()
  let answers = 0
  // four seconds and some hundreds of attempts: a busy machine takes longer, not less
  const isOver = () => (Date.now() > start + SOAK_MS && answers >= LEAST_ANSWERS) || Date.now() > start + LONGEST_MS
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => (
    soakWorker(crowd, { seed: seed + index, onAnswer: (name, outcome) => { count(`${name}: ${outcome}`); answers += 1 } })(isOver))))

  if (process.env['SOAK_SHOW']) process.stdout.write(`${[...tally].sort().map(([line, times]) => `${line} ${String(times)}`).join('\n')}\n`)
  const errors = [...tally].filter(([line]) => line.includes('ERROR'))
  expect(errors, `seed ${String(seed)}`).toEqual([])
  expect([...tally].filter(([line]) => line.endsWith(': OK')).length).toBeGreaterThan(5)

  // a fresh connection: a backend sees its own snapshot of the counters
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const { rows } = await client.query<{ deadlocks: string }>(
    'select deadlocks::text from pg_stat_database where datname = current_database()')
  const checked = await checkInvariants(client)
  await client.end()
  expect(rows, `seed ${String(seed)}`).toEqual([{ deadlocks: '0' }])
  expect(checked.flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id} ${what}`))).toEqual([])
}, LONGEST_MS + 30_000)

/** Looks whether the room is free, and then takes it: what the lock and the constraints are there against. */
async function lookThenTake(connectionString: string, { roomId, arrivalIds }: { roomId: string; arrivalIds: string[] }): Promise<void> {
  const { rows } = await connect(connectionString)
  for (let night = 0; night < 60; night += 1) {
    const run = 'daterange(current_date + $2::int, current_date + $2::int + 2)'
    const taken = await rows(`select 1 from hold where room_id = $1 and during && ${run}`, [roomId, night])
    if (taken.length > 0) continue
    await rows(`insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
      values (uuidv7(), uuidv7(), $3, $1, 2, 1, current_date + $2::int, current_date + $2::int + 2)`,
    [roomId, night, arrivalIds[night % arrivalIds.length]])
  }
}

it('is a load under which looking first and taking then fails, so that the test above means something', async () => {
  const { connectionString, rows } = await scratchDatabase('template')
  const world = smallWorld({ row: async (statement, values) => (await rows(statement, values))[0] ?? {} })
  const { roomId } = await world.home({ sleeps: [2] })
  const arrivalIds = [await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })]
  await rows('alter table hold drop constraint hold_room_free, drop constraint hold_arrival_once, drop constraint hold_inside_opening')
  await rows('alter table hold disable trigger all')
  await Promise.all(Array.from({ length: WORKERS }, () => lookThenTake(connectionString, { roomId, arrivalIds })))
  const client = new Client({ connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  const found = answers.flatMap(({ violations }) => violations.map(({ what }) => what))
  expect(found.filter((what) => what === 'two holds of one room overlap').length).toBeGreaterThan(10)
})
