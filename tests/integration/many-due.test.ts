import { beforeAll, expect, it } from 'vitest'
import { expireVettingJob } from '@/lib/jobs/expire-vetting'
import { lapseDueJob } from '@/lib/jobs/lapse-due'
import { remindDueJob } from '@/lib/jobs/remind-due'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

// A round is approved in one go, so the clocks of its plans run out in the same few seconds.

/** More than are read in one go. */
const PLANS = 620
const TODAY = `(now() at time zone 'Asia/Almaty')::date`

let database: TestDatabase
let stays: ReturnType<typeof smallStays>

async function idsOf(statement: string, values: unknown[] = []): Promise<unknown[]> {
  return (await database.rows(`${statement} returning id`, values)).map(({ id }) => id)
}

/** As many parties, each with a proposal in a home of its own. */
async function proposeMany(count: number): Promise<void> {
  const users = await idsOf(`insert into "user" (role, name) select 'HOST', 'Dana' from generate_series(1, $1::int)`, [count])
  const hosts = await idsOf(`insert into host (user_id, state, vetted_until) select unnest($1::uuid[]), 'VETTED', ${TODAY} + 300`, [users])
  const homes = await idsOf(`insert into home (host_id, city_id, kind) select unnest($1::uuid[]), 'almaty', 'FLAT'`, [hosts])
  const rooms = await idsOf(`insert into room (home_id, name, sleeps) select unnest($1::uuid[]), 'room', 2`, [homes])
  await database.rows(`insert into opening (room_id, from_date, until_date) select unnest($1::uuid[]), ${TODAY}, ${TODAY} + 9`, [rooms])
  const arrivals = await idsOf(`insert into arrival (code, nickname, city_ids, from_date, until_date, adults)
    select 'M' || ((n + before) / 1000)::text || '-' || lpad(((n + before) % 1000)::text, 3, '0'), 'guest', '{almaty}', ${TODAY}, ${TODAY} + 3, 1
    from generate_series(1, $1::int) n, (select count(*) as before from arrival) there`, [count])
  const by = await stays.person('COORDINATOR', 'Aigul')
  const answers = await database.rows(`
    select propose_plan($1, gen_random_uuid()::text, 'h', '{almaty}', arrival, 'SINGLE', jsonb_build_array(jsonb_build_object(
      'roomId', room, 'adults', 1, 'childrenAges', '[]'::jsonb, 'from', ${TODAY}::text, 'until', (${TODAY} + 3)::text, 'reasons', '{}'::jsonb))) ->> 'code' as code
    from unnest($2::uuid[], $3::uuid[]) as pair (arrival, room)`, [by, arrivals, rooms])
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['OK']))
}

const countOf = async (what: string) => (await database.row(`select count(*)::int as plans from plan join placement on plan_id = plan.id where ${what}`))['plans']
const due = (which: 'deadline' | 'remind_at') => database.rows(
  `update plan set ${which} = now() from placement where plan_id = plan.id and state = 'PROPOSED'`)

beforeAll(async () => {
  database = await testDatabase()
  stays = smallStays(database)
  await proposeMany(PLANS)
}, 60_000)

it('reminds all that are due in one run, however many there are', async () => {
  await due('remind_at')
  await remindDueJob()
  expect(await countOf('remind_at is not null')).toBe(0)
}, 60_000)

it('ends when the worker stops, and leaves the rest to the next run', async () => {
  await due('deadline')
  const stopping = new AbortController()
  const running = lapseDueJob({}, { abortSignal: stopping.signal })
  await expect.poll(() => countOf(`state = 'LAPSED'`), { interval: 5 }).toBeGreaterThan(0)
  stopping.abort()
  await running
  const left = Number(await countOf(`state = 'PROPOSED'`))
  expect(left).toBeGreaterThan(0)
  await lapseDueJob({}, { abortSignal: stopping.signal })
  expect(await countOf(`state = 'PROPOSED'`)).toBe(left)
})

it('lapses all that are due in one run, but for the one that cannot, which it tries once', async () => {
  await proposeMany(PLANS)
  await due('deadline')
  const { stuck } = await database.row(`
    update plan set deadline = now() - interval '1 hour' where id = (select plan_id from placement where state = 'PROPOSED' limit 1) returning id as stuck`)
  // an event of the next version is in the way
  await database.rows(`insert into placement_event (placement_id, version, to_state, actor)
    select id, version + 1, 'LAPSED', 'system' from placement where plan_id = $1`, [stuck])
  const plans = Number(await countOf(`state = 'PROPOSED'`))
  await expect(lapseDueJob()).rejects.toThrow(`1 of ${String(plans)} plans were not lapsed`)
  expect(plans).toBeGreaterThan(PLANS)
  expect(await countOf(`state = 'PROPOSED'`)).toBe(1)
}, 60_000)

it('ends all vettings that have run out in one run, however many there are', async () => {
  const users = await idsOf(`insert into "user" (role, name) select 'HOST', 'Dana' from generate_series(1, $1::int)`, [PLANS])
  await database.rows(`insert into host (user_id, state, vetted_until) select unnest($1::uuid[]), 'VETTED', ${TODAY} - 2`, [users])
  await expireVettingJob()
  expect(await database.rows(`select 1 from host where state = 'VETTED' and vetted_until < ${TODAY}`)).toEqual([])
}, 60_000)
