import 'server-only'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { Tx } from '@/lib/db/transaction'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { staysOfHost, type PairFacts } from './failed-rule'

/** Kinds of homes, as the screens name them. */
export type HomeKind = 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'OFFICE' | 'HALL'

/** What a coordinator's screen says about a room beside what the matcher reads. */
export interface RoomLabel {
  name: string
  kind: HomeKind
  /** Four signs that tell two homes apart without naming anybody. */
  homeCode: string
}

/** Rooms for the matcher, and their labels by the room's id. */
export interface Offers {
  rooms: RoomOffer[]
  labels: ReadonlyMap<string, RoomLabel>
}

type Measured = 'free' | 'hostVetted' | 'hostStays' | 'rowBreakNights'
type FactsRow = Omit<RoomOffer, Measured> & { hostState: string; name: string; kind: HomeKind }
/** A run of a room's, or a stay of a host's. */
type RunRow = readonly [id: string, from: Day, until: Day]
interface Read {
  facts: FactsRow[] | null
  runs: RunRow[] | null
  stays: RunRow[] | null
}

/** Whom rooms are read for: the party stands in it for what was between it and a host. */
type Asked = Omit<PairFacts, 'need'> & { need: Pick<ShelterNeed, 'id'> }

/**
 * Reads everything the matcher asks about the rooms of a pool, for one arrival, in one round trip.
 *
 * The lists come side by side and are joined here: a third of the time of asking per room.
 *
 * @param pool a query with the column `room_id`, each room once, bounded by the caller.
 * @param within a transaction, where other reads must be of the same moment.
 */
export async function readOffers(pool: Prisma.Sql, asked: Asked, within: Pick<Tx, '$queryRaw'> = db): Promise<Offers> {
  const { need, today } = asked
  const [read] = await within.$queryRaw<Read[]>`
    with pool as materialized (${pool}), fact as materialized (
        select room.id, room.name, room.sleeps as beds, room.shared_hall as "sharedHall", room.in_service as "inService",
          room.quiet, room.private_bath as "privateBath",
          home.id as "homeId", home.kind, home.city_id as "cityId", home.district_id as "districtId",
          home.step_free as "stepFree", home.own_entrance as "ownEntrance", home.notice_hours as "noticeHours",
          host.id as "hostId", host.state as "hostState", home.to_visit as "homeToVisit", host.paused as "hostPaused", host.languages,
          host.children_welcome as "childrenWelcome", host.animals_welcome as "animalsWelcome",
          host.women_only_household as "womenOnlyHousehold", host.women_only_guests as "womenOnlyGuests",
          host.shortest_nights as "shortestStayNights", host.longest_nights as "longestStayNights",
          host.rest_nights as "restNights", host.stays_in_row_limit as "staysInRowLimit",
          greatest(0, (extract(epoch from now() - host.confirmed_at) / 86400)::int) as "confirmedDaysAgo",
          case when host.asked_count > 0 then least(1, host.answered_count::float / host.asked_count) end as "answerRate",
          host.id = any (array(select host_id from block where arrival_id = ${need.id}::uuid)) as blocked,
          home.id = any (array(select home_id from refusal
            where arrival_id = ${need.id}::uuid and until_date > ${today}::date)) as refused
        -- one look-up per room of the pool, whatever the planner thinks of its size
        from pool cross join lateral (select * from room where id = pool.room_id offset 0) room
          join home on home.id = room.home_id join host on host.id = home.host_id)
    select
      (select json_agg(fact) from fact) as facts,
      (select json_agg(json_build_array(run.room_id, run.from_date, run.until_date))
      from pool cross join lateral (
        select * from free_run where room_id = pool.room_id and until_date > ${today}::date offset 0) run) as runs,
      (select json_agg(json_build_array(host.id, stay.from_date, stay.until_date))
      from (select distinct "hostId" as id from fact) host cross join lateral (${staysOfHost(today)} offset 0) stay) as stays`
  return toOffers(read, asked)
}

/** The code of a home on a coordinator's screen. */
export function homeCodeOf(homeId: string): string {
  return homeId.slice(-4).toUpperCase()
}

function toOffers(read: Read | undefined, { restedNights }: Pick<Asked, 'restedNights'>): Offers {
  const runs = byId(read?.runs ?? [])
  const stays = byId(read?.stays ?? [])
  const rows = read?.facts ?? []
  const rooms = rows.map(({ hostState, name: _name, kind: _kind, ...facts }) => ({
    ...facts,
    hostVetted: hostState === 'VETTED',
    free: runs.get(facts.id) ?? [],
    hostStays: stays.get(facts.hostId) ?? [],
    rowBreakNights: restedNights,
  }))
  const labels = new Map(rows.map(({ id, name, kind, homeId }) => [id, { name, kind, homeCode: homeCodeOf(homeId) }]))
  return { rooms, labels }
}

/** Runs of each room, or stays of each host, earliest first. */
function byId(rows: readonly RunRow[]): Map<string, Nights[]> {
  const found = new Map<string, Nights[]>()
  for (const [id, from, until] of rows.toSorted((one, other) => (one[1] < other[1] ? -1 : 1))) {
    const runs = found.get(id)
    if (runs) runs.push({ from, until })
    else found.set(id, [{ from, until }])
  }
  return found
}
