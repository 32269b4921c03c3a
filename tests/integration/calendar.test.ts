import { beforeAll, describe, expect, it, test } from 'vitest'
import { CITIES } from '@/lib/places/places'
import { dayInZone } from '@/lib/time/day'
import { smallWorld, type Answer } from '../setup/small-world'
import { scratchDatabase, testDatabase, type TestDatabase } from '../setup/test-database'

// Almaty left UTC+6 for UTC+5 at midnight of 1 March 2024, the night after a leap day: 23:00 came twice.
const HOUR_MS = 3_600_000
const FIRST_TEN_TO_MIDNIGHT = '2024-02-29T17:50:00Z'
const SECOND_TEN_TO_MIDNIGHT = '2024-02-29T18:50:00Z'
const MIDNIGHT = '2024-02-29T19:00:00Z'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let coordinator: string

/**
 * A database whose functions take "now" from us: `fake.now()` stands before `pg_catalog.now()` in the path of every one of
 * them. Defaults of columns keep the real one.
 */
async function databaseWithOurClock(): Promise<TestDatabase> {
  const scratch = await scratchDatabase('template')
  await scratch.rows('create schema fake')
  await scratch.rows(`create function fake.now() returns timestamptz language sql stable as $$ select current_setting('fake.now')::timestamptz $$`)
  await scratch.rows('grant usage on schema fake to public')
  await scratch.rows(`do $$ declare f regprocedure; begin
    for f in select pg_proc.oid::regprocedure from pg_proc join pg_language on pg_language.oid = prolang
        where pronamespace = 'public'::regnamespace and prokind = 'f' and lanname in ('sql', 'plpgsql') loop
      execute format('alter function %s set search_path = fake, public, pg_catalog', f);
    end loop; end $$`)
  return scratch
}

const itIs = (moment: string) => database.rows(`select set_config('fake.now', $1, false)`, [moment])

/** A vetted home in a town, offered from 1 February to 1 April 2024. */
async function room(cityId = 'almaty'): Promise<string> {
  const { roomId } = await world.home({ sleeps: [3], cityId })
  await database.rows(`insert into opening (room_id, from_date, until_date) values ($1, '2024-02-01', '2024-04-01')`, [roomId])
  return roomId
}

async function propose(roomId: string, from: string, until: string): Promise<Answer> {
  const arrivalId = await world.arrival({ adults: 1 })
  const legs = JSON.stringify([{ roomId, from, until, adults: 1, childrenAges: [], reasons: {} }])
  return world.call(`propose_plan($1, $2, 'h', (select array_agg(id) from city), $3, 'SINGLE', $4)`, [coordinator, world.newKey(), arrivalId, legs])
}

beforeAll(async () => {
  database = await databaseWithOurClock()
  world = smallWorld(database)
  coordinator = await world.person('COORDINATOR', 'Aigul')
  await itIs(FIRST_TEN_TO_MIDNIGHT)
})

describe('the night in which Almaty changed its offset', () => {
  test.each([
    ['2024-02-29T17:59:59Z', 'almaty', '2024-02-29'], ['2024-02-29T18:00:00Z', 'almaty', '2024-02-29'],
    [SECOND_TEN_TO_MIDNIGHT, 'almaty', '2024-02-29'], [MIDNIGHT, 'almaty', '2024-03-01'],
    ['2024-02-29T17:59:59Z', 'bishkek', '2024-02-29'], ['2024-02-29T18:00:00Z', 'bishkek', '2024-03-01'],
    ['2024-02-29T18:59:59Z', 'oral', '2024-02-29'], [MIDNIGHT, 'oral', '2024-03-01'],
    ['2022-10-01T17:59:59Z', 'almaty', '2022-10-01'], ['2022-10-01T18:00:00Z', 'almaty', '2022-10-02'],
    ['2026-10-01T18:59:59Z', 'almaty', '2026-10-01'], ['2026-10-01T19:00:00Z', 'almaty', '2026-10-02'],
  ])('at %s it is in %s %s', async (moment, cityId, today) => {
    await itIs(moment)
    expect(await database.row('select city_today($1)::text as today', [cityId])).toEqual({ today })
  })

  test.each([[FIRST_TEN_TO_MIDNIGHT, 'OK'], [SECOND_TEN_TO_MIDNIGHT, 'OK'], [MIDNIGHT, 'NIGHTS_PAST']])(
    'at %s the night of the leap day is: %s', async (moment, code) => {
      await itIs(moment)
      expect((await propose(await room(), '2024-02-29', '2024-03-02')).code).toBe(code)
    })

  test.each([['2024-02-29', 2], ['2024-03-01', 12], ['2024-03-02', 24]])(
    'a proposal for %s waits %i hours that pass, whatever the clocks on the wall do', async (first, hours) => {
      await itIs(FIRST_TEN_TO_MIDNIGHT)
      const { planId } = await propose(await room(), first, '2024-03-05')
      const { deadline } = await database.row('select deadline from plan where id = $1', [planId])
      expect((deadline as Date).getTime() - Date.parse(FIRST_TEN_TO_MIDNIGHT)).toBe(hours * HOUR_MS)
    })

  it('lapses at the deadline, after the hour that came twice, and not before', async () => {
    await itIs(FIRST_TEN_TO_MIDNIGHT)
    const { planId } = await propose(await room(), '2024-02-29', '2024-03-02')
    await itIs('2024-02-29T19:49:59Z')
    expect(await database.row('select lapse_plan($1) as lapsed', [planId])).toEqual({ lapsed: 0 })
    await itIs('2024-02-29T19:50:00Z')
    expect(await database.row('select lapse_plan($1) as lapsed', [planId])).toEqual({ lapsed: 1 })
  })

  it('writes the day people came and left as the town counted it', async () => {
    await itIs(FIRST_TEN_TO_MIDNIGHT)
    const { placementIds: [id = ''] = [] } = await propose(await room(), '2024-02-29', '2024-03-02')
    await world.sayYes(id, 'HOST')
    await world.sayYes(id, 'GUEST')
    await world.secondYes(await world.person('LEAD', 'Marat'), id)
    await itIs(SECOND_TEN_TO_MIDNIGHT)
    expect(await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), id])).toMatchObject({ code: 'OK' })
    await itIs(MIDNIGHT)
    expect(await world.release(id, 'DEPARTED', 'GUEST', 'PLANNED')).toMatchObject({ code: 'OK' })
    expect(await database.row('select arrived_on::text as came, departed_on::text as left from placement where id = $1', [id]))
      .toEqual({ came: '2024-02-29', left: '2024-03-01' })
  })
})

describe('a leap day', () => {
  test.each([
    ['2024-02-28', '2024-03-01', 2], ['2024-02-28', '2024-02-29', 1], ['2024-02-29', '2024-03-01', 1], ['2024-02-27', '2024-03-27', 29],
  ])('from %s until %s are %i nights', async (from, until, nights) => {
    await itIs('2024-02-20T06:00:00Z')
    const { placementIds } = await propose(await room(), from, until)
    expect(await database.row('select (until_date - from_date)::int as nights, upper(during) - lower(during) as held from hold where placement_id = $1',
      [placementIds?.[0]])).toEqual({ nights, held: nights })
  })

  test.each([
    [['2024-02-28', '2024-02-29'], ['2024-02-29', '2024-03-01'], 'OK'],
    [['2024-02-28', '2024-03-01'], ['2024-03-01', '2024-03-02'], 'OK'],
    [['2024-02-28', '2024-03-01'], ['2024-02-29', '2024-03-01'], 'ROOM_TAKEN'],
    [['2024-02-29', '2024-03-01'], ['2024-02-28', '2024-03-02'], 'ROOM_TAKEN'],
  ] as const)('after %j, %j in the same room is: %s', async ([from, until], [next, last], code) => {
    await itIs('2024-02-20T06:00:00Z')
    const roomId = await room()
    expect((await propose(roomId, from, until)).code).toBe('OK')
    expect((await propose(roomId, next, last)).code).toBe(code)
  })

  it('is no day of a common year', async () => {
    await expect(propose(await room(), '2023-02-29', '2023-03-02')).rejects.toThrow(/date\/time field value out of range/)
  })
})

/** Instants an hour apart around every day on which a zone of ours changed since 2004, and some thousands in between. */
function instants(): Date[] {
  const changes = ['2004-03-28', '2004-10-31', '2005-03-15', '2005-08-12', '2018-12-21', '2024-03-01', '2024-02-29', '2022-12-31', '2028-02-29', '2035-12-31']
  const around = changes.flatMap((day) => Array.from({ length: 60 }, (_, hour) => new Date(Date.parse(`${day}T00:00:00Z`) + (hour - 30) * HOUR_MS)))
  const between = Array.from({ length: 2_000 }, (_, index) => new Date(Date.parse('2004-01-01T00:00:00Z') + index * 5_000_017_000 % (31 * 365 * 24 * HOUR_MS)))
  return [...around, ...between]
}

test('the database and the machine know the same day for every town at every moment', async () => {
  const moments = instants()
  const zones = [...new Set(CITIES.map(({ timeZone }) => timeZone))]
  const real = await testDatabase()
  for (const zone of zones) {
    const rows = await real.rows('select (moment at time zone $2)::date::text as day from unnest($1::timestamptz[]) with ordinality each (moment, place) order by place', [moments, zone])
    const wrong = moments.filter((moment, index) => rows[index]?.['day'] !== dayInZone(moment, zone)).map((moment) => `${zone} ${moment.toISOString()}`)
    expect(wrong).toEqual([])
  }
})
