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

it('has a migration in the ledger as soon as it is there: the server may die before the engine says so', async () => {
  const { connectionString, rows } = await scratchDatabase('nothing')
  await rows('create schema watching')
  await rows('create table watching.seen (name text, finished boolean)')
  // what the ledger holds when the engine comes to count the step it has done
  await rows(`create function watching.look() returns trigger language plpgsql as $$ begin
    insert into watching.seen values (new.migration_name, old.finished_at is not null);
    return new; end $$`)
  await rows(`create function watching.watch() returns event_trigger language plpgsql as $$ begin
    if to_regclass('public._prisma_migrations') is not null and not exists (select 1 from pg_trigger where tgname = 'ledger_watch') then
      create trigger ledger_watch before update of applied_steps_count on public._prisma_migrations for each row execute function watching.look();
    end if; end $$`)
  await rows(`create event trigger watch_ledger on ddl_command_end when tag in ('CREATE TABLE') execute function watching.watch()`)
  const applied = await migrateDatabase({ connectionString })
  const seen = await rows('select name, bool_and(finished) as finished from watching.seen group by name order by name')
  expect(seen).toEqual(applied.map((name) => ({ name, finished: true })))
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
