import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import type { LiveMark } from '@/lib/matching/live'
import type { Day } from '@/lib/time/day'

/** Events that are looked at in one go; the rest follows at once. */
const EVENTS_AT_ONCE = 200
const MOST_CITIES = 1_000
const MOST_ROOMS_OF_HOST = 5_000
/** A city nobody has looked at for so long says nothing any more: the worker is away. */
const PLACES_HOLD_MINUTES = 20

/** A place that is ready for somebody who waits. Advice: whether it is still free is for the caller to ask. */
export interface ReadyPlace {
  roomId: string
  cityId: string
  from: Day
  shiftNights: number
  mark: LiveMark
  /** When its city was last worked out. */
  at: Date
  /** Its city is so large that this happens less often. */
  slow: boolean
}

/**
 * The place that is ready for an arrival in the towns a coordinator may see; what is best for all comes first.
 *
 * @returns `null` too where nobody could be weighed against everybody: then neither mark would be true.
 */
export async function readReadyPlace(scope: CoordinatorScope, arrivalId: string): Promise<ReadyPlace | null> {
  const rows = await db.$queryRaw<ReadyPlace[]>`
    select place.room_id::text as "roomId", place.city_id as "cityId", place.from_date::text as "from",
      place.shift_nights as "shiftNights", place.mark::text as mark, city.computed_at as at, city.slow
    from live_place place join live_city city using (city_id)
    where place.arrival_id = ${arrivalId}::uuid and city.city_id = any (${[...scope.cityIds]}::text[]) and city.failure is null and city.whole
      and city.computed_at > now() - make_interval(mins => ${PLACES_HOLD_MINUTES}::int)
    order by place.mark, abs(place.shift_nights), place.score desc, place.city_id limit 1`
  return rows[0] ?? null
}

/** What a look begins with. */
export interface LiveMoment {
  /** How far the chain of events goes: whatever stands in it is committed, and nothing is ever put in between. */
  place: number
  /** A round waits or is played: it has the machine. */
  playing: boolean
}

export async function readLiveMoment(): Promise<LiveMoment> {
  const [moment] = await db.$queryRaw<LiveMoment[]>`
    select place::float8 as place, exists (select 1 from round where state in ('QUEUED', 'RUNNING')) as playing from audit_head`
  return moment ?? { place: 0, playing: false }
}

/** The cities where somebody waits, and those that have places. */
export async function listLiveCities(): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select city.id from city where exists (select 1 from arrival where state in ('OPEN', 'PLACED') and city_ids @> array[city.id])
      or exists (select 1 from live_city where city_id = city.id) order by city.id limit ${MOST_CITIES}::int`
  return rows.map(({ id }) => id)
}

/** What a run of events was about, each id once. */
export interface Happened {
  /** The last event that was read. */
  until: number
  ids: string[]
  /** Cities that decide by another policy now. */
  cityIds: string[]
}

/** The events of the chain after one place. What opens a door or looks something up changes nobody's place and is left out. */
export async function readHappened(after: number): Promise<Happened> {
  const [found] = await db.$queryRaw<Happened[]>`
    with happened as (
      select link.place, event.action, event.subject from audit_link link join audit_event event using (seq)
      where link.place > ${after}::bigint order by link.place limit ${EVENTS_AT_ONCE}::int),
    named as (
      select action, key, value from happened, jsonb_each_text(subject)
      where split_part(action, '.', 1) in ('arrival', 'group', 'plan', 'placement', 'extension', 'host', 'room', 'opening', 'policy'))
    select coalesce((select max(place) from happened), ${after}::bigint)::float8 as until,
      array(select distinct value from named where value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') as ids,
      array(select distinct value from named where action = 'policy.adopted' and key = 'city') as "cityIds"`
  return found ?? { until: after, ids: [], cityIds: [] }
}

/** A party or a host, and a city it concerns. */
export interface Touched {
  cityId: string
  arrivalId: string | null
  hostId: string | null
}

/**
 * Whom these ids concern: of a stay, its party and its host and those of the other stays of its plan; of a host, everybody
 * who has stayed there, because what ends there sets them waiting again.
 */
export async function readTouched(ids: readonly string[]): Promise<Touched[]> {
  if (ids.length === 0) return []
  return db.$queryRaw<Touched[]>`
    with plans as (
      select plan_id from placement where id = any (${[...ids]}::uuid[])
      union select id from plan where id = any (${[...ids]}::uuid[])),
    stays as (
      select arrival_id, host_id from placement where plan_id in (select plan_id from plans)
      union select arrival_id, host_id from placement where arrival_id = any (${[...ids]}::uuid[])
      union select arrival_id, host_id from placement where host_id = any (${[...ids]}::uuid[])),
    parties as (
      select id, city_ids from arrival where id = any (${[...ids]}::uuid[])
      union select id, city_ids from arrival where id in (select arrival_id from stays)
      union select id, city_ids from arrival where group_id = any (${[...ids]}::uuid[])),
    homes as (
      select city_id, host_id from home where id = any (${[...ids]}::uuid[]) or host_id = any (${[...ids]}::uuid[])
      union select city_id, host_id from home where id in (select home_id from room where id = any (${[...ids]}::uuid[]))
      union select city_id, host_id from home where host_id in (select host_id from stays))
    select wanted as "cityId", id::text as "arrivalId", null as "hostId" from parties, unnest(city_ids) wanted
    union all select city_id, null, host_id::text from homes`
}

/** All rooms of some hosts, with whose they are. */
export async function listRoomsOfHosts(tx: Pick<Tx, '$queryRaw'>, hostIds: readonly string[]): Promise<string[]> {
  if (hostIds.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select room.id::text as id from room join home on home.id = room.home_id where home.host_id = any (${[...hostIds]}::uuid[])
    order by room.id limit ${MOST_ROOMS_OF_HOST}::int`
  return rows.map(({ id }) => id)
}
