import type { Pool } from 'pg'

/** Size of the world the benchmark stands in. */
export interface WorldSize {
  rooms: number
  /** Two stays in every room, so a hold is a room times two. */
  holdsPerRoom: 2
  waiting: number
}

const ROOMS_PER_HOME = 2.5

/** Chance that gives the same answer each time: a number from 0 to 1 for a row and a purpose. */
const CHANCE = `create function pg_temp.chance(p_row bigint, p_purpose int) returns float language sql immutable as $$
  select ((hashint8extended(p_row, p_purpose) & 2147483647) / 2147483648.0)::float $$`
const ID = `create function pg_temp.id_of(p_kind text, p_row bigint) returns uuid language sql immutable as $$
  select md5(p_kind || p_row)::uuid $$`
/** Towns by Zipf's law: the n-th largest has one n-th of the largest's share. */
const TOWNS = `create temp table town on commit preserve rows as
  select id, sum(1.0 / rank) over (order by rank) / sum(1.0 / rank) over () as upto,
    coalesce(lag(total) over (order by rank), 0) as from_share
  from (select id, rank, sum(1.0 / rank) over (order by rank) / sum(1.0 / rank) over () as total
    from (select id, row_number() over (order by (id = 'almaty') desc, (id = 'astana') desc, md5(id)) as rank from city) ranked) shared`
const TOWN_OF = `create function pg_temp.town_of(p_chance float) returns text language sql stable as $$
  select id from town where upto >= p_chance order by upto limit 1 $$`
const DISTRICT_OF = `create function pg_temp.district_of(p_city text, p_chance float) returns text language sql stable as $$
  select id from (select id, row_number() over (order by id) - 1 as place, count(*) over () as many from district where city_id = p_city) d
  where place = floor(p_chance * many) $$`

const HOSTS = `insert into "user" (id, role, name) select pg_temp.id_of('user', n), 'HOST', 'host ' || n from generate_series(1, $1) n`
const COORDINATOR = `insert into "user" (id, role, name, city_ids)
  select pg_temp.id_of('user', 0), 'COORDINATOR', 'Aigul', array_agg(id) from city`
const HOUSEHOLDS = `insert into host (id, user_id, state, vetted_until, paused, languages, children_welcome, animals_welcome, women_only_household,
    women_only_guests, rest_nights, shortest_nights, longest_nights, stays_in_row_limit, asked_count, answered_count, confirmed_at)
  select pg_temp.id_of('host', n), pg_temp.id_of('user', n),
    (case when pg_temp.chance(n, 1) < 0.93 then 'VETTED' else 'VISITED' end)::host_state, current_date + 300, pg_temp.chance(n, 2) < 0.04,
    case when pg_temp.chance(n, 3) < 0.5 then '{kk,ru}' when pg_temp.chance(n, 3) < 0.9 then '{ru}' else '{ru,en}' end::text[],
    pg_temp.chance(n, 4) < 0.8, pg_temp.chance(n, 5) < 0.3, pg_temp.chance(n, 6) < 0.08, pg_temp.chance(n, 6) < 0.04,
    (pg_temp.chance(n, 7) * 2.4)::int, 1 + (pg_temp.chance(n, 8) * 1.4)::int, case when pg_temp.chance(n, 9) < 0.3 then 7 else 90 end,
    case when pg_temp.chance(n, 10) < 0.2 then 3 end, 10, (pg_temp.chance(n, 11) * 10)::int,
    now() - make_interval(days => (pg_temp.chance(n, 12) * 20)::int)
  from generate_series(1, $1) n`
const HOMES = `insert into home (id, host_id, city_id, district_id, kind, step_free, own_entrance, notice_hours)
  select pg_temp.id_of('home', n), pg_temp.id_of('host', n), city, pg_temp.district_of(city, pg_temp.chance(n, 21)), 'FLAT',
    pg_temp.chance(n, 22) < 0.25, pg_temp.chance(n, 23) < 0.2, case when pg_temp.chance(n, 24) < 0.15 then 24 else 0 end
  from (select n, pg_temp.town_of(pg_temp.chance(n, 20)) as city from generate_series(1, $1) n) placed`
const ROOMS = `insert into room (id, home_id, name, sleeps, quiet, private_bath, in_service)
  select pg_temp.id_of('room', n), pg_temp.id_of('home', 1 + ((n - 1) / ${ROOMS_PER_HOME})::bigint % $2), 'room ' || n,
    1 + (pg_temp.chance(n, 30) ^ 2 * 4.9)::int, pg_temp.chance(n, 31) < 0.4, pg_temp.chance(n, 32) < 0.2, pg_temp.chance(n, 33) < 0.98
  from generate_series(1, $1) n`
/** Sixty nights or more each, so that two stays of the longest kind fit. */
const OPENINGS = `insert into opening (room_id, from_date, until_date)
  select pg_temp.id_of('room', n), begins, begins + 60 + (pg_temp.chance(n, 41) * 60)::int
  from (select n, current_date - (pg_temp.chance(n, 40) * 30)::int as begins from generate_series(1, $1) n) opened`
const STAYS = `create temp table stay on commit preserve rows as
  select 2 * n - 1 as stay, n as room, first_from as from_date, first_until as until_date from (
    select n, begins + (pg_temp.chance(n, 50) * 9)::int as first_from,
      begins + (pg_temp.chance(n, 50) * 9)::int + 2 + (pg_temp.chance(n, 51) * 12)::int as first_until
    from (select n, current_date - (pg_temp.chance(n, 40) * 30)::int as begins from generate_series(1, $1) n) opened) one
  union all
  select 2 * n, n, first_until + (pg_temp.chance(n, 52) * 15)::int,
    first_until + (pg_temp.chance(n, 52) * 15)::int + 2 + (pg_temp.chance(n, 53) * 18)::int from (
    select n, begins + (pg_temp.chance(n, 50) * 9)::int + 2 + (pg_temp.chance(n, 51) * 12)::int as first_until
    from (select n, current_date - (pg_temp.chance(n, 40) * 30)::int as begins from generate_series(1, $1) n) opened) two`
const GUESTS = `insert into arrival (id, code, nickname, city_ids, from_date, until_date, adults, state)
  select pg_temp.id_of('guest', stay), 'x', 'guest', array[home.city_id], from_date, until_date, 1, 'PLACED'
  from stay join room on room.id = pg_temp.id_of('room', stay.room) join home on home.id = room.home_id`
const PLANS = `insert into plan (id, arrival_id, kind, proposed_by, deadline)
  select pg_temp.id_of('plan', stay), pg_temp.id_of('guest', stay), 'SINGLE', pg_temp.id_of('user', 0), now() from stay`
const PLACEMENTS = `insert into placement (id, plan_id, arrival_id, room_id, home_id, host_id, from_date, until_date, adults, state,
    needs_second, reasons, confirmed_at)
  select pg_temp.id_of('placement', stay), pg_temp.id_of('plan', stay), pg_temp.id_of('guest', stay), room.id, home.id, home.host_id,
    from_date, until_date, 1, 'CONFIRMED', false, '{}', now()
  from stay join room on room.id = pg_temp.id_of('room', stay.room) join home on home.id = room.home_id`
const HOLDS = `insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
  select p.id, p.plan_id, p.arrival_id, p.room_id, room.sleeps, 1, p.from_date, p.until_date
  from placement p join room on room.id = p.room_id`
const FREE_RUNS = `insert into free_run (room_id, from_date, until_date, city_id, sleeps)
  select room.id, lower(run), upper(run), home.city_id, room.sleeps
  from (select o.room_id, unnest(o.offered - coalesce(h.held, '{}')) as run
    from (select room_id, range_agg(during) as offered from opening group by room_id) o
    left join (select room_id, range_agg(during) as held from hold group by room_id) h using (room_id)) free
  join room on room.id = free.room_id join home on home.id = room.home_id`
/** Mostly single men, then couples, families and groups; mostly days, sometimes months. */
const WAITING = `insert into arrival (id, code, nickname, city_ids, district_id, from_date, until_date, flexible_nights, adults,
    children_ages, animals, step_free, quiet_wished, women_only, woman_alone, all_women, languages, state, waiting_since)
  select pg_temp.id_of('waiting', n), 'w', 'guest', array[city],
    case when pg_temp.chance(n, 61) < 0.3 then pg_temp.district_of(city, pg_temp.chance(n, 62)) end, first, first + nights,
    case when pg_temp.chance(n, 63) < 0.2 then 2 else 0 end,
    case when pg_temp.chance(n, 64) < 0.62 then 1 when pg_temp.chance(n, 64) < 0.93 then 2 else 4 end,
    case when pg_temp.chance(n, 65) < 0.12 then '{4,9}' else '{}' end::int[],
    pg_temp.chance(n, 66) < 0.06, pg_temp.chance(n, 67) < 0.04, pg_temp.chance(n, 68) < 0.2, pg_temp.chance(n, 69) < 0.03,
    pg_temp.chance(n, 69) < 0.06, pg_temp.chance(n, 69) < 0.06, '{ru}', 'OPEN', now()
  from (select n, pg_temp.town_of(pg_temp.chance(n, 60)) as city, current_date + (pg_temp.chance(n, 70) ^ 2 * 10)::int as first,
    case when pg_temp.chance(n, 71) < 0.8 then 1 + (pg_temp.chance(n, 72) * 6)::int else 10 + (pg_temp.chance(n, 72) * 30)::int end as nights
    from generate_series(1, $1) n) asked`

/** Codes are unique and of one shape: the row's number in letters that cannot be misread. */
const CODES = `update arrival set code = substr(lpad(upper(to_hex(place)), 5, '0'), 1, 2) || '-' || substr(lpad(upper(to_hex(place)), 5, '0'), 3)
  from (select id, row_number() over (order by id) as place from arrival) numbered where numbered.id = arrival.id`

/**
 * Fills an empty, migrated database in bulk: triggers off while the rows come in, free runs made set by set, then
 * checked. The rows agree with one another wherever a candidate's query looks.
 *
 * @param pool the owner's connections, one at a time.
 * @returns rooms and holds that are there.
 */
export async function loadBigWorld(pool: Pool, { rooms, waiting }: WorldSize): Promise<{ rooms: number; holds: number }> {
  const homes = Math.ceil(rooms / ROOMS_PER_HOME)
  const owner = await pool.connect()
  try {
    for (const statement of [CHANCE, ID, TOWNS, TOWN_OF, DISTRICT_OF, `set session_replication_role = replica`,
      `alter table arrival drop constraint arrival_code_check, drop constraint arrival_code_key`]) await owner.query(statement)
    const steps: [string, number[]][] = [
      [HOSTS, [homes]], [COORDINATOR, []], [HOUSEHOLDS, [homes]], [HOMES, [homes]], [ROOMS, [rooms, homes]], [OPENINGS, [rooms]],
      [STAYS.replaceAll('$1', String(rooms)), []], [GUESTS, []], [PLANS, []], [PLACEMENTS, []], [HOLDS, []], [FREE_RUNS, []],
      [WAITING, [waiting]], [CODES, []],
    ]
    for (const [statement, values] of steps) await owner.query(statement, values)
    await owner.query(`set session_replication_role = origin`)
    await owner.query(`alter table arrival add unique (code)`)
    await owner.query('vacuum analyze')
    return await checkWorld(owner)
  } finally {
    owner.release(true)
  }
}

/** The benchmark checks its ground before it measures: free runs are openings minus holds, no hold lies outside. */
async function checkWorld(owner: { query: (statement: string) => Promise<{ rows: unknown[] }> }) {
  const one = async (statement: string) => (await owner.query(statement)).rows[0] as Record<string, number>
  const wrong = await one(`select count(*)::int as runs from (select id from room order by md5(id::text) limit 2000) sample
    where (select array_agg(run order by run) from free_runs_of(id) run)
      is distinct from (select array_agg(daterange(from_date, until_date) order by from_date) from free_run where room_id = id)`)
  const outside = await one(`select count(*)::int as holds from hold where not exists (
    select 1 from opening where opening.room_id = hold.room_id and opening.during @> hold.during)`)
  if (wrong['runs'] !== 0 || outside['holds'] !== 0) throw new Error(`the world is wrong: ${JSON.stringify({ wrong, outside })}`)
  const { rooms = 0, holds = 0 } = await one(`select (select count(*)::int from room) as rooms, (select count(*)::int from hold) as holds`)
  return { rooms, holds }
}
