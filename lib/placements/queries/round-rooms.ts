import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import type { Tx } from '@/lib/db/transaction'
import type { Apart } from '@/lib/matching/round-types'
import type { RoomOffer } from '@/lib/matching/types'
import { todayIn } from '@/lib/time/clock'
import { readOffers } from './room-facts'

type Reader = Pick<Tx, '$queryRaw'>

/** Rooms of one statement: it answers within a second. */
const AT_ONCE = 2_000
/** Parties whose pairs one statement reads. */
const PAIRS_AT_ONCE = 5_000
const NO_ID = '00000000-0000-0000-0000-000000000000'
/** What stands between a host and one party is read apart: see `readApart`. */
const NOBODY = { id: NO_ID }

async function readCity(tx: Reader, cityId: string, restedNights: number): Promise<RoomOffer[]> {
  const found: RoomOffer[] = []
  const today = todayIn(cityId)
  for (let after = NO_ID; ;) {
    const ids = await tx.$queryRaw<{ id: string }[]>`
      select distinct room_id::text as id from free_run
      where city_id = ${cityId} and until_date > ${today}::date and room_id > ${after}::uuid order by 1 limit ${AT_ONCE}::int`
    const pool = Prisma.sql`select unnest(${ids.map(({ id }) => id)}::uuid[]) as room_id`
    found.push(...(await readOffers(pool, { need: NOBODY, today, restedNights }, tx)).rooms)
    if (ids.length < AT_ONCE) return found.sort((one, other) => (one.id < other.id ? -1 : 1))
    after = ids.at(-1)?.id ?? NO_ID
  }
}

/** Every room of these towns that has a free night, as the matcher sees it for nobody in particular. */
export async function readRoundRooms(tx: Reader, { cityIds, restedNights }: { cityIds: readonly string[]; restedNights: number }): Promise<RoomOffer[]> {
  const found: RoomOffer[] = []
  for (const cityId of cityIds) found.push(...(await readCity(tx, cityId, restedNights)))
  return found
}

/** Rooms by their ids, free or not, of these towns; `today` is the first town's. */
export async function readNamedRooms(
  tx: Reader, { roomIds, cityIds, restedNights }: { roomIds: readonly string[]; cityIds: readonly string[]; restedNights: number },
): Promise<RoomOffer[]> {
  const found: RoomOffer[] = []
  const today = todayIn(cityIds[0] ?? '')
  for (let start = 0; start < roomIds.length; start += AT_ONCE) {
    const pool = Prisma.sql`select room.id as room_id from room join home on home.id = room.home_id
      where room.id = any (${roomIds.slice(start, start + AT_ONCE)}::uuid[]) and home.city_id = any (${[...cityIds]}::text[])`
    found.push(...(await readOffers(pool, { need: NOBODY, today, restedNights }, tx)).rooms)
  }
  return found
}

/** Which of these parties must not meet which hosts, and which homes have said no or were declined and still count. */
export async function readApart(tx: Reader, arrivalIds: readonly string[]): Promise<Apart> {
  const blocked = new Set<string>()
  const refused = new Set<string>()
  for (let start = 0; start < arrivalIds.length; start += PAIRS_AT_ONCE) {
    const ids = arrivalIds.slice(start, start + PAIRS_AT_ONCE)
    const rows = await tx.$queryRaw<{ pair: string; blocked: boolean }[]>`
      select arrival_id || ':' || host_id as pair, true as blocked from block where arrival_id = any (${ids}::uuid[])
      union all
      select distinct refusal.arrival_id || ':' || home_id, false from refusal join home on home.id = refusal.home_id
      where refusal.arrival_id = any (${ids}::uuid[]) and refusal.until_date > city_today(home.city_id)`
    for (const row of rows) (row.blocked ? blocked : refused).add(row.pair)
  }
  return { blocked, refused }
}
