import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { openPriceBook, type PriceBook } from '@/lib/matching/shadow'
import type { ShelterNeed } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'

/** After so many days a round's crowd is another crowd, and its prices say nothing. */
const PRICES_HOLD_DAYS = 3
/** Rooms like those that fit are looked for this many nights around the stay: its weeks, whole. */
const NIGHTS_AROUND = 6
const MOST_ROOMS = 5_000

interface Row {
  id: string
  cityId: string
  beds: number
  price: number
  free: [from: string, until: string][]
}

/**
 * What rooms cost in the last round over a whole town, of the towns an arrival wants and a coordinator may see; rooms
 * without a price cost nothing there.
 *
 * @returns `null` where no such round was played lately: then nothing is known of what others would lose.
 */
export async function readPriceBook(scope: CoordinatorScope, { cityIds, nights }: Pick<ShelterNeed, 'cityIds' | 'nights'>): Promise<PriceBook | null> {
  const wanted = cityIds.filter((id) => scope.cityIds.includes(id))
  const around: Nights = { from: addDays(nights.from, -NIGHTS_AROUND), until: addDays(nights.until, NIGHTS_AROUND) }
  const rows = await db.$queryRaw<Row[]>`
    with town as (
      select distinct home.city_id from round join room_price price on price.round_id = round.id
        join room on room.id = price.room_id join home on home.id = room.home_id
      where home.city_id = any (${wanted}::text[]) and round.finished_at > now() - make_interval(days => ${PRICES_HOLD_DAYS}::int))
    select run.room_id::text as id, run.city_id as "cityId", max(run.sleeps) as beds, coalesce(max(price.points), 0)::float8 as price,
      json_agg(json_build_array(run.from_date, run.until_date)) as free
    from town join free_run run on run.city_id = town.city_id left join room_price price on price.room_id = run.room_id
    where run.until_date > ${around.from}::date and run.from_date < ${around.until}::date
    group by run.room_id, run.city_id order by run.room_id limit ${MOST_ROOMS}::int`
  if (rows.length === 0) return null
  return openPriceBook(rows.map(({ price, free, ...room }) => ({ price, room: { ...room, free: free.map(([from, until]) => ({ from, until })) } })))
}
