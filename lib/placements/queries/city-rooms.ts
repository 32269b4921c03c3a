import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { MISMATCHES, type Mismatch } from '@/lib/matching/eligibility'
import { DISTRICTS } from '@/lib/places/places'
import { askedRows, failedRule, type PairFacts } from './failed-rule'
import { citiesFor } from './free-rooms'
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

/** Rooms of a coordinator's cities by district, home and name; `find` is part of a district's, home's or room's name. */
export async function listCityRooms({ cityIds }: CoordinatorScope, find: string): Promise<CityRoom[]> {
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

/** All rooms of the cities an arrival wants: how many fit, and the others by their first failed rule. */
export interface RoomCounts {
  rooms: number
  fitting: number
  fallenOut: Readonly<Record<Mismatch, number>>
}

/** Counts every room of the cities wanted that are in scope, each once, in the order of the rules. */
export async function countRooms(scope: CoordinatorScope, facts: PairFacts): Promise<RoomCounts> {
  const rows = await db.$queryRaw<{ rule: Mismatch | null; rooms: number }[]>`
    select ${failedRule(facts)} as rule, count(*)::int as rooms
    from ${askedRows([facts.need])}, room join home on home.id = room.home_id join host on host.id = home.host_id
    where home.city_id = any (${citiesFor(scope, facts.need)}::text[]) group by 1`
  const count = (rule: Mismatch | null) => rows.find((row) => row.rule === rule)?.rooms ?? 0
  return {
    rooms: rows.reduce((sum, { rooms }) => sum + rooms, 0),
    fitting: count(null),
    fallenOut: Object.fromEntries(MISMATCHES.map((rule) => [rule, count(rule)])) as Record<Mismatch, number>,
  }
}
