import type { Pool } from 'pg'

/** Everything a proposal stands on, and nobody placed yet: one coordinator per caller. */
export interface PlaceWorld {
  coordinators: string[]
  rooms: string[]
  /** Each waits for somebody to propose: one adult, ten nights. */
  arrivals: string[]
  /** Day 0 of the openings, today in the homes' town. */
  today: string
}

export const OPEN_NIGHTS = 100
const CITY = 'almaty'
const TODAY = `(now() at time zone 'Asia/Almaty')::date`
const SEALED = `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(24)}`
const ROOMS_PER_HOME = 2

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

const PEOPLE = `insert into "user" (role, name, city_ids)
  select 'COORDINATOR', 'coordinator ' || n, '{${CITY}}' from generate_series(1, $1::int) n returning id`
const HOMES = `with person as (insert into "user" (role, name) select 'HOST', 'host ' || n from generate_series(1, $1::int) n returning id),
  hosting as (insert into host (user_id, state, vetted_until) select id, 'VETTED', ${TODAY} + 300 from person returning id)
  insert into home (host_id, city_id, kind, address_sealed) select id, '${CITY}', 'FLAT', '${SEALED}' from hosting`
const ROOMS = `insert into room (home_id, name, sleeps)
  select id, 'room ' || n, 2 from home, generate_series(1, ${String(ROOMS_PER_HOME)}) n returning id`
const OPENINGS = `insert into opening (room_id, from_date, until_date) select id, ${TODAY}, ${TODAY} + ${String(OPEN_NIGHTS)} from room`
const ARRIVALS = `insert into arrival (code, nickname, city_ids, from_date, until_date, adults, contact_kind, contact_sealed)
  select substr(word, 1, 2) || '-' || substr(word, 3), 'guest', '{${CITY}}', ${TODAY}, ${TODAY} + 10, 1, 'MAIL', '${SEALED}'
  from (select lpad(upper(to_hex(n)), 5, '0') as word from generate_series(1, $1::int) n) spoken returning id`

/** Fills an empty, migrated database through its own triggers: free runs come with the openings. */
export async function loadPlaceWorld(owner: Pool, size: { coordinators: number; rooms: number; arrivals: number }): Promise<PlaceWorld> {
  const ids = async (statement: string, values: number[] = []) => idsOf((await owner.query<{ id: string }>(statement, values)).rows)
  const coordinators = await ids(PEOPLE, [size.coordinators])
  await owner.query(HOMES, [Math.ceil(size.rooms / ROOMS_PER_HOME)])
  const rooms = await ids(ROOMS)
  await owner.query(OPENINGS)
  const arrivals = await ids(ARRIVALS, [size.arrivals])
  const { rows } = await owner.query<{ today: string }>(`select ${TODAY}::text as today`)
  await owner.query('vacuum analyze')
  return { coordinators, rooms, arrivals, today: rows[0]?.today ?? '' }
}
