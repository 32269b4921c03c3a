import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { Prisma } from '@/lib/db/generated/client'
import { sleepersAtMost } from '@/lib/matching/party'
import type { ShelterNeed } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import { askedRows, failedRule, type PairFacts } from './failed-rule'
import { readOffers, type Offers } from './room-facts'

/** Rooms read per city from each of the lists; the smallest that are big enough come first. */
interface PoolSize {
  rightSized: number
  facts: number
  shifted: number
}
/** For a case, and for a word on a row of a list. */
export const POOLS = {
  CASE: { rightSized: 100, facts: 40, shifted: 30 },
  ROW: { rightSized: 20, facts: 10, shifted: 0 },
} as const satisfies Record<string, PoolSize>
/** Rooms kept per city out of all that pass every rule. */
const FITTING_ROOMS = 40
/** Free runs searched per city for what a party cannot do without, before every run is. */
const SEARCHED_RUNS = 300
/** Homes looked at for a party that no single room holds, and rooms of each: a party has 50 adults at most. */
const SEVERAL_HOMES = 30
const SEVERAL_ROOMS = 50
const ROOMS_NAMED = 50

const NOTHING: Offers = { rooms: [], labels: new Map() }

/** Cities an arrival wants and a coordinator may see. */
export function citiesFor({ cityIds }: CoordinatorScope, { cityIds: wanted }: Pick<ShelterNeed, 'cityIds'>): string[] {
  return wanted.filter((id) => cityIds.includes(id))
}

/**
 * Reads the rooms worth ranking for an arrival: in its cities, with enough beds, free for all its nights.
 *
 * Bounded and in one round trip. The covering index on free runs gives the right-sized first; a second list takes
 * those that also meet what the party cannot do without, in its district first, so that a rare need is not crowded
 * out; a third takes those free only after a shift the arrival agreed to. The rules themselves run in memory, so that
 * what is found is not all there is: see `readFittingRooms`.
 */
export async function readNearRooms(scope: CoordinatorScope, facts: PairFacts, size: PoolSize): Promise<Offers> {
  const { need } = facts
  const cityIds = citiesFor(scope, need)
  if (cityIds.length === 0) return NOTHING
  const lists = [
    rightSized(need, size.rightSized),
    ...(isRare(need) ? [withFacts(need, size.facts)] : []),
    ...(need.flexibleNights > 0 && size.shifted > 0 ? [afterShift(need, size.shifted)] : []),
  ]
  const pool = Prisma.sql`
    select distinct found.room_id from unnest(${cityIds}::text[]) wanted (city_id)
    cross join lateral (${Prisma.join(lists.map((list) => Prisma.sql`(${list})`), ' union all ')}) found`
  return readOffers(pool, facts)
}

/**
 * Reads rooms that pass every rule for one of these needs, out of all free runs of the cities: when none comes back,
 * there is none.
 *
 * @param needs the arrival's need, and the same with its nights moved.
 */
export async function readFittingRooms(scope: CoordinatorScope, facts: PairFacts, needs: readonly ShelterNeed[]): Promise<Offers> {
  const cityIds = citiesFor(scope, facts.need)
  if (cityIds.length === 0) return NOTHING
  return readOffers(Prisma.sql`
    select distinct found.room_id from ${askedRows(needs)} cross join unnest(${cityIds}::text[]) wanted (city_id)
    cross join lateral (
      select run.room_id from free_run run join room on room.id = run.room_id
        join home on home.id = room.home_id join host on host.id = home.host_id
      where run.city_id = wanted.city_id and run.sleeps >= asked.beds
        and run.until_date >= asked.until_date and run.from_date <= asked.from_date
        and ${failedRule(facts, ['OTHER_CITY', 'TOO_FEW_BEDS', 'NOT_FREE'])} is null
      order by home.district_id is not distinct from ${facts.need.districtId}::text desc, run.sleeps, run.until_date, run.room_id
      limit ${FITTING_ROOMS}) found`, facts)
}

/**
 * Rooms of homes that can hold the whole party together; none of them is big enough alone. An adult sleeps in each room
 * from the first night, so that the largest rooms, as many as there are adults, decide.
 */
export async function readRoomsOfBigHomes(scope: CoordinatorScope, facts: PairFacts): Promise<Offers> {
  const { need } = facts
  return readOffers(Prisma.sql`
    with open as materialized (
      select room.id, room.home_id, room.sleeps, row_number() over (partition by room.home_id order by room.sleeps desc, room.id) as place
      from ${askedRows([need])}, free_run run join room on room.id = run.room_id
        join home on home.id = room.home_id join host on host.id = home.host_id
      where run.city_id = any (${citiesFor(scope, need)}::text[])
        and run.until_date >= asked.until_date and run.from_date <= asked.from_date
        and ${failedRule(facts, ['OTHER_CITY', 'TOO_FEW_BEDS', 'NOT_FREE'])} is null)
    select id as room_id from open where place <= ${SEVERAL_ROOMS} and home_id in (
      select home_id from open where place <= ${need.adults} group by home_id
      having count(*) > 1 and sum(sleeps) >= ${sleepersAtMost(need)} and sum(sleeps) - count(*) >= ${need.childrenAges.length}
      order by max(sleeps) desc, sum(sleeps), home_id limit ${SEVERAL_HOMES})`, facts)
}

/** Named rooms of a coordinator's cities, free or not; in the order the database likes. */
export async function readRooms(scope: CoordinatorScope, roomIds: readonly string[], facts: PairFacts): Promise<Offers> {
  return readOffers(Prisma.sql`
    select room.id as room_id from room join home on home.id = room.home_id
    where room.id = any (${[...roomIds]}::uuid[]) and home.city_id = any (${[...scope.cityIds]}::text[]) limit ${ROOMS_NAMED}`, facts)
}

/** True when the party asks for something that many homes lack, so that the right-sized rooms may all miss it. */
function isRare({ districtId, stepFree, animals, womenOnly, childrenAges }: ShelterNeed): boolean {
  return districtId !== null || stepFree || animals || womenOnly || childrenAges.length > 0
}

function rightSized(need: ShelterNeed, limit: number): Prisma.Sql {
  const { from, until } = need.nights
  return Prisma.sql`
    select room_id from free_run where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
      and until_date >= ${until}::date and from_date <= ${from}::date
    order by sleeps, until_date, room_id limit ${limit}`
}

function withFacts(need: ShelterNeed, limit: number): Prisma.Sql {
  const { from, until } = need.nights
  return Prisma.sql`
    select run.room_id from (
        select room_id, sleeps, until_date from free_run
        where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
          and until_date >= ${until}::date and from_date <= ${from}::date
        order by sleeps, until_date limit ${SEARCHED_RUNS}) run
      join room on room.id = run.room_id join home on home.id = room.home_id join host on host.id = home.host_id
    where room.in_service and host.state = 'VETTED' and not host.paused and not home.to_visit
      and (${need.districtId}::text is null or home.district_id = ${need.districtId}::text)
      and (not ${need.stepFree}::boolean or home.step_free)
      and (not ${need.animals}::boolean or host.animals_welcome)
      and (not ${need.childrenAges.length > 0}::boolean or host.children_welcome)
      and (not ${need.womenOnly}::boolean or host.women_only_household)
      and (${need.allWomen}::boolean or not host.women_only_guests)
    order by run.sleeps, run.until_date, run.room_id limit ${limit}`
}

function afterShift(need: ShelterNeed, limit: number): Prisma.Sql {
  const { nights: { from, until }, flexibleNights } = need
  return Prisma.sql`
    select room_id from free_run where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
      and until_date >= ${addDays(until, -flexibleNights)}::date and from_date <= ${addDays(from, flexibleNights)}::date
      and greatest(from_date - ${from}::date, ${-flexibleNights}::int)
        <= least(until_date - ${until}::date, ${flexibleNights}::int)
    order by sleeps, until_date, room_id limit ${limit}`
}
