import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import { sleepersAtMost } from '@/lib/matching/party'
import type { ShelterNeed } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import { readOffers, type Offers, type PairFacts } from './room-facts'

/** Rooms read per city from each of the three lists; the smallest that are big enough come first. */
export const POOL_ROOMS = { rightSized: 100, facts: 40, shifted: 30 } as const
/** Free runs searched per city for what a party cannot do without: at first, and when nothing was found. */
const SEARCHED_RUNS = { NEAR: 300, WIDE: 20_000 } as const
export type Search = keyof typeof SEARCHED_RUNS
/** Homes, and rooms of each, looked at for a party that no single room holds. */
const SEVERAL_HOMES = 30
const SEVERAL_ROOMS = 240

/** The cities are those of the arrival that are also in the reader's scope. */
export type FreeRoomsWanted = PairFacts & { cityIds: readonly string[] }

/**
 * Reads the rooms worth ranking for an arrival: in its cities, with enough beds, free for all its nights.
 *
 * Bounded and in one round trip. The covering index on free runs gives the right-sized first; a second list takes
 * those that also meet what the party cannot do without, in its district first, so that a rare need is not crowded
 * out; a third takes those free only after a shift the arrival agreed to. The rules themselves run in memory.
 *
 * @param search WIDE looks through every free run of a city, for parties whose needs the nearest miss.
 */
export async function readFreeRooms(wanted: FreeRoomsWanted, search: Search): Promise<Offers> {
  const { cityIds, need } = wanted
  if (cityIds.length === 0) return { rooms: [], labels: new Map() }
  const lists = [rightSized(need), ...(search === 'WIDE' || isRare(need) ? [withFacts(need, search)] : []), ...(need.flexibleNights > 0 ? [afterShift(need)] : [])]
  const pool = Prisma.sql`
    select distinct found.room_id from unnest(${[...cityIds]}::text[]) wanted (city_id)
    cross join lateral (${Prisma.join(lists.map((list) => Prisma.sql`(${list})`), ' union all ')}) found`
  return readOffers(pool, wanted)
}

/** Rooms of homes that could hold the whole party together; none of them is big enough alone. */
export async function readRoomsOfBigHomes(wanted: FreeRoomsWanted): Promise<Offers> {
  const { cityIds, need } = wanted
  const { from, until } = need.nights
  const free = Prisma.sql`free_run.city_id = any (${[...cityIds]}::text[])
    and free_run.until_date >= ${until}::date and free_run.from_date <= ${from}::date`
  return readOffers(Prisma.sql`
    select room.id as room_id from free_run join room on room.id = free_run.room_id
    where ${free} and room.in_service and room.home_id in (
      select room.home_id from free_run join room on room.id = free_run.room_id
      where ${free} and room.in_service group by room.home_id
      having count(*) > 1 and sum(room.sleeps) >= ${sleepersAtMost(need)}
      order by max(room.sleeps) desc, sum(room.sleeps), room.home_id limit ${SEVERAL_HOMES})
    order by room.home_id, room.sleeps desc, room.id limit ${SEVERAL_ROOMS}`, wanted)
}

/** Named rooms, free or not; in the order the database likes. */
export async function readRooms(roomIds: readonly string[], facts: PairFacts): Promise<Offers> {
  return readOffers(Prisma.sql`select id as room_id from room where id = any (${[...roomIds]}::uuid[]) limit 50`, facts)
}

/** True when the party asks for something that many homes lack, so that the right-sized rooms may all miss it. */
function isRare({ districtId, stepFree, animals, womenOnly, childrenAges }: ShelterNeed): boolean {
  return districtId !== null || stepFree || animals || womenOnly || childrenAges.length > 0
}

function rightSized(need: ShelterNeed): Prisma.Sql {
  const { from, until } = need.nights
  return Prisma.sql`
    select room_id from free_run where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
      and until_date >= ${until}::date and from_date <= ${from}::date
    order by sleeps, until_date, room_id limit ${POOL_ROOMS.rightSized}`
}

function withFacts(need: ShelterNeed, search: Search): Prisma.Sql {
  const { from, until } = need.nights
  return Prisma.sql`
    select run.room_id from (
        select room_id, sleeps, until_date from free_run
        where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
          and until_date >= ${until}::date and from_date <= ${from}::date
        order by sleeps, until_date limit ${SEARCHED_RUNS[search]}) run
      join room on room.id = run.room_id join home on home.id = room.home_id join host on host.id = home.host_id
    where room.in_service and host.state = 'VETTED' and not host.paused
      and (${search === 'WIDE'}::boolean or ${need.districtId}::text is null or home.district_id = ${need.districtId}::text)
      and (not ${need.stepFree}::boolean or home.step_free)
      and (not ${need.animals}::boolean or host.animals_welcome)
      and (not ${need.childrenAges.length > 0}::boolean or host.children_welcome)
      and (not ${need.womenOnly}::boolean or host.women_only_household)
      and (${need.allWomen}::boolean or not host.women_only_guests)
    order by run.sleeps, run.until_date, run.room_id limit ${POOL_ROOMS.facts}`
}

function afterShift(need: ShelterNeed): Prisma.Sql {
  const { nights: { from, until }, flexibleNights } = need
  return Prisma.sql`
    select room_id from free_run where city_id = wanted.city_id and sleeps >= ${sleepersAtMost(need)}
      and until_date >= ${addDays(until, -flexibleNights)}::date and from_date <= ${addDays(from, flexibleNights)}::date
      and greatest(from_date - ${from}::date, ${-flexibleNights}::int)
        <= least(until_date - ${until}::date, ${flexibleNights}::int)
    order by sleeps, until_date, room_id limit ${POOL_ROOMS.shifted}`
}
