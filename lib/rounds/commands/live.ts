import 'server-only'
import { db } from '@/lib/db/client'
import { inTransaction, withRetry } from '@/lib/db/transaction'
import type { LivePlace } from '@/lib/matching/live'

/** Without a sign of life another worker takes over after so long. */
const KEEPER_SECONDS = 15
/** The sign is renewed when less than this is left, so that an idle look writes nothing. */
const RENEW_SECONDS = 8

/** Why the places of a city could not be worked out. */
export type LiveFailure = 'TOO_LARGE' | 'TOO_LONG' | 'OUT_OF_MEMORY' | 'BROKEN'

/** Becomes or stays the one worker that keeps the places. @returns false while another does. */
export async function holdKeeper(keeper: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ held: boolean }[]>`
    with renewed as (
      update live_keeper set keeper = ${keeper}::uuid, until = now() + make_interval(secs => ${KEEPER_SECONDS}::int)
      where until < now() or (keeper = ${keeper}::uuid and until < now() + make_interval(secs => ${RENEW_SECONDS}::int)) returning 1)
    select exists (select 1 from renewed) or exists (select 1 from live_keeper where keeper = ${keeper}::uuid and until >= now()) as held`
  return row?.held ?? false
}

/** Lets another worker take over at once. */
export async function releaseKeeper(keeper: string): Promise<void> {
  await db.$executeRaw`update live_keeper set until = '-infinity' where keeper = ${keeper}::uuid`
}

/** A city as it was worked out. */
export interface WorkedOut {
  cityId: string
  places: readonly LivePlace[]
  /** Who waits there. */
  arrivals: number
  tookMs: number
  whole: boolean
  slow: boolean
  policyVersion: number
}

/**
 * Writes the places of a city: only rows that differ are touched. Who is forgotten, or waits no longer, gets none.
 *
 * @returns false when another worker keeps the places by now, and nothing was written.
 */
export async function writePlaces(keeper: string, { cityId, places, ...city }: WorkedOut): Promise<boolean> {
  const rows = JSON.stringify(places.map(({ nights, ...place }) => ({ ...place, ...nights })))
  return inTransaction(async (tx) => {
    const [ours] = await tx.$queryRaw<{ keeper: string }[]>`
      select keeper::text from live_keeper where keeper = ${keeper}::uuid and until >= now() for share`
    if (!ours) return false
    await tx.$executeRaw`
      insert into live_city (city_id, computed_at, arrivals, took_ms, whole, slow, policy_version)
      values (${cityId}, now(), ${city.arrivals}::int, ${Math.round(city.tookMs)}::int, ${city.whole}, ${city.slow}, ${city.policyVersion}::int)
      on conflict (city_id) do update set computed_at = now(), arrivals = excluded.arrivals, took_ms = excluded.took_ms,
        whole = excluded.whole, slow = excluded.slow, policy_version = excluded.policy_version, failure = null`
    await tx.$executeRaw`
      with found as (
        select one.* from jsonb_to_recordset(${rows}::jsonb) as one ("arrivalId" uuid, "roomId" uuid, "from" date, "until" date,
          "shiftNights" int, score int, mark live_mark)
        join arrival on arrival.id = one."arrivalId" and arrival.erased_at is null and arrival.state in ('OPEN', 'PLACED')),
      gone as (delete from live_place where city_id = ${cityId} and arrival_id not in (select "arrivalId" from found))
      insert into live_place (arrival_id, city_id, room_id, from_date, until_date, shift_nights, score, mark)
      select "arrivalId", ${cityId}, "roomId", "from", "until", "shiftNights", score, mark from found
      on conflict (arrival_id, city_id) do update set room_id = excluded.room_id, from_date = excluded.from_date,
        until_date = excluded.until_date, shift_nights = excluded.shift_nights, score = excluded.score, mark = excluded.mark
      where (live_place.room_id, live_place.from_date, live_place.until_date, live_place.shift_nights, live_place.score, live_place.mark)
        is distinct from (excluded.room_id, excluded.from_date, excluded.until_date, excluded.shift_nights, excluded.score, excluded.mark)`
    return true
  })
}

/** Says that a city could not be worked out: what was known of it is shown no longer. */
export async function failLiveCity(cityId: string, failure: LiveFailure): Promise<void> {
  await withRetry(() => db.$executeRaw`
    insert into live_city (city_id, computed_at, arrivals, took_ms, whole, slow, policy_version, failure)
    values (${cityId}, now(), 0, 0, false, false, 0, ${failure})
    on conflict (city_id) do update set computed_at = now(), failure = excluded.failure`)
}
