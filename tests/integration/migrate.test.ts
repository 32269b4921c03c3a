import { expect, it } from 'vitest'
import { migrateDatabase } from '@/lib/db/migrate'
import { syncPlaces } from '@/lib/db/places-sync'
import { CITIES, DISTRICTS } from '@/lib/places/places'
import { scratchDatabase, testDatabase } from '../setup/test-database'

it('writes each file once into the ledger, however often it runs', async () => {
  const { connectionString, rows } = await scratchDatabase('nothing')
  const first = await migrateDatabase({ connectionString })
  expect(first.length).toBeGreaterThan(0)
  expect(first).toEqual(first.toSorted())
  expect(await migrateDatabase({ connectionString })).toEqual([])
  const ledger = await rows('select migration_name from _prisma_migrations where finished_at is not null order by 1')
  expect(ledger.map(({ migration_name: name }) => String(name))).toEqual(first)
})

it('takes turns when two processes start at once', async () => {
  const { connectionString } = await scratchDatabase('nothing')
  const outcomes = await Promise.all([migrateDatabase({ connectionString }), migrateDatabase({ connectionString })])
  expect(outcomes.filter((names) => names.length > 0)).toHaveLength(1)
})

it('goes on from a migration that was cut off, because nothing of it is there', async () => {
  const { connectionString, rows } = await scratchDatabase('nothing')
  const [first] = await migrateDatabase({ connectionString })
  await rows(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at) values ('x', 'x', '20990101000000_later', now())`,
  )
  expect(await migrateDatabase({ connectionString })).toEqual([])
  expect(first).toBeDefined()
})

it('refuses a database that took another text of a migration', async () => {
  const { connectionString, rows } = await scratchDatabase('nothing')
  const [first] = await migrateDatabase({ connectionString })
  await rows('update _prisma_migrations set checksum = $1 where migration_name = $2', ['0'.repeat(64), first])
  await expect(migrateDatabase({ connectionString })).rejects.toThrow(`Migration ${first} was changed`)
})

it('brings the job queue’s own tables', async () => {
  const { row } = await testDatabase()
  const { there } = await row(`select to_regprocedure('graphile_worker.complete_jobs(bigint[])') is not null
    or to_regnamespace('graphile_worker') is not null as there`)
  expect(there).toBe(true)
})

it('keeps the gazetteer’s towns and leaves a town’s own clocks alone', async () => {
  const { connectionString, row, rows } = await testDatabase()
  await rows(`update city set clock_minutes = '{60,600,1200}', time_zone = 'UTC' where id = 'almaty'`)
  await syncPlaces({ connectionString })
  const almaty = await row(`select time_zone, clock_minutes from city where id = 'almaty'`)
  expect(almaty).toEqual({ time_zone: 'Asia/Almaty', clock_minutes: [60, 600, 1200] })
  const counts = await row('select (select count(*)::int from city) as cities, (select count(*)::int from district) as districts')
  expect(counts).toEqual({ cities: CITIES.length, districts: DISTRICTS.length })
})
