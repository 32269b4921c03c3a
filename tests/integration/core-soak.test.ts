import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, it } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { reportOf } from '../faults/commands'
import { readJournal } from '../faults/journal'
import { judge } from '../faults/judge'
import { conclude } from '../faults/report'
import { soakClient, type ClientReport } from '../faults/soak/client'
import { TINY } from '../faults/soak/crowd'
import { furnish } from '../faults/soak/town'
import { smallWorld } from '../setup/small-world'
import { connect, scratchDatabase, testDatabase } from '../setup/test-database'

const WORKERS = 16
const SOAK_MS = Number(process.env['SOAK_MS'] ?? 4_000)
const LEAST_ANSWERS = 300
const LONGEST_MS = SOAK_MS + 40_000
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)

const folder = await mkdtemp(join(tmpdir(), 'qonaq-core-soak-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Sixteen people of one process in a small crowd, and what a judge says of it afterwards. */
async function soak() {
  const database = await testDatabase()
  const town = await furnish(database.connectionString, TINY)
  const start = Date.now()
  let answers = 0
  // four seconds and some hundreds of attempts: a busy machine takes longer, not less
  const isOver = () => (Date.now() > start + SOAK_MS && answers >= LEAST_ANSWERS) || Date.now() > start + LONGEST_MS
  const order = { crowd: town.crowd, seed, workers: WORKERS, journal: join(folder, 'journal.jsonl'), owner: database.connectionString, operations: null }
  const report = await soakClient(order, isOver, () => { answers += 1 })
  await database.rows('update message set delivered_at = now() where delivered_at is null')
  const journal = [town.start, ...readJournal(await readFile(order.journal, 'utf8'))]
  return { database, report, answers, say: () => judge(database.connectionString, journal) }
}

function linesOf({ tally }: ClientReport): string[] {
  return Object.entries(tally).sort().map(([line, times]) => `${line} ${String(times)}`)
}

it('has sixteen people at the same few rooms, guests and hosts: refusals, and nothing else', async () => {
  const { database, report, answers, say } = await soak()
  if (process.env['SOAK_SHOW']) process.stdout.write(`${linesOf(report).join('\n')}\n`)
  expect(linesOf(report).filter((line) => line.includes('ERROR')), `seed ${String(seed)}`).toEqual([])
  expect(Object.keys(report.tally).filter((line) => line.endsWith(': OK')).length).toBeGreaterThan(5)

  // a fresh connection: a backend sees its own snapshot of the counters
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const { rows } = await client.query<{ deadlocks: string }>(
    'select deadlocks::text from pg_stat_database where datname = current_database()')
  await client.end()
  expect(rows, `seed ${String(seed)}`).toEqual([{ deadlocks: '0' }])
  expect(await say(), `seed ${String(seed)}`).toEqual({ violations: [], lost: [], duplicated: [] })

  // the judge is no good if nothing can be lost: so something is, and then something is there twice
  const round = { seed, operations: answers, acknowledged: answers, seconds: 1, unknowns: report.unknowns, tally: report.tally,
    kills: { server: 0, backends: 0 }, recoveries: [], journal: () => Promise.resolve([]) }
  const failuresOf = async () => conclude([reportOf('commands', seed, [{ ...round, ...(await say()) }])]).failures.join('\n')
  expect(await failuresOf()).toBe('')
  const [kept] = await database.rows(`delete from idempotency_key where (actor, key) in (
    select actor, key from idempotency_key where operation = 'placement.yes' and answer is not null limit 1) returning *`)
  expect(await failuresOf()).toMatch(/^all: no acknowledged write is lost \(1,/m)
  await database.rows('insert into idempotency_key select * from json_populate_record(null::idempotency_key, $1)', [JSON.stringify(kept)])
  expect(await failuresOf()).toBe('')
  await database.rows(`with one as (select * from plan limit 1)
    insert into plan (arrival_id, kind, proposed_by, deadline) select arrival_id, kind, proposed_by, deadline from one`)
  expect(await failuresOf()).toMatch(/^all: nothing is done twice \(1,/m)
}, LONGEST_MS + 60_000)

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
