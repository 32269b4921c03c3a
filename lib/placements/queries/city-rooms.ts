import 'server-only'
import { db } from '@/lib/db/client'
import type { ShelterNeed } from '@/lib/matching/types'
import { DISTRICTS } from '@/lib/places/places'
import { homeCodeOf, type HomeKind } from './room-facts'

/** Rooms listed for choosing one. */
export const ROOMS_LISTED = 200

/** A room one may ask about. */
export interface CityRoom {
  id: string
  name: string
  beds: number
  kind: HomeKind
  homeCode: string
  cityId: string
  districtId: string | null
}

/** Rooms of these cities by district, home and name; `find` is part of a district's, home's or room's name. */
export async function listCityRooms({ cityIds, find }: { cityIds: readonly string[]; find: string }): Promise<CityRoom[]> {
  const text = find.trim().toLowerCase()
  const districtIds = DISTRICTS.filter(({ names }) => Object.values(names).some((name) => name.toLowerCase().includes(text))).map(({ id }) => id)
  const rows = await db.$queryRaw<(Omit<CityRoom, 'homeCode'> & { homeId: string })[]>`
    select room.id::text, room.name, room.sleeps as beds, home.kind::text, home.id::text as "homeId", home.city_id as "cityId",
      home.district_id as "districtId"
    from room join home on home.id = room.home_id
    where home.city_id = any (${[...cityIds]}::text[]) and (${text} = '' or strpos(lower(room.name), ${text}) > 0
      or right(home.id::text, 4) = ${text} or home.district_id = any (${districtIds}::text[]))
    order by home.city_id, home.district_id nulls last, home.id, room.name, room.id limit ${ROOMS_LISTED + 1}::int`
  return rows.map(({ homeId, ...room }) => ({ ...room, homeCode: homeCodeOf(homeId) }))
}

/** Rooms of the cities beside those that were looked at one by one. */
export interface RoomCounts {
  tooFewBeds: number
  notFree: number
}

/** How many rooms of the cities have too few beds, and how many of the others are not free for the nights. */
export async function countOtherRooms(
  { cityIds, need, sleepers }: { cityIds: readonly string[]; need: ShelterNeed; sleepers: number },
): Promise<RoomCounts> {
  const { from, until } = need.nights
  const [row] = await db.$queryRaw<RoomCounts[]>`
    select (count(*) filter (where room.sleeps < ${sleepers}))::int as "tooFewBeds",
      (count(*) filter (where room.sleeps >= ${sleepers} and not exists (select 1 from free_run run where run.room_id = room.id
        and run.from_date <= ${from}::date and run.until_date >= ${until}::date)))::int as "notFree"
    from room join home on home.id = room.home_id where home.city_id = any (${[...cityIds]}::text[])`
  return row ?? { tooFewBeds: 0, notFree: 0 }
}
