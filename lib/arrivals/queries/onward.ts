import 'server-only'
import { db } from '@/lib/db/client'
import type { Arrival } from '@/lib/db/generated/client'
import { dayInZone, type Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { clockOf } from './facts'

/**
 * The first nights an arrival with a place still needs and has none for: after what is agreed or proposed, or before it
 * when an earlier stay broke. `null` when there are none.
 */
export async function readOnward(row: Pick<Arrival, 'id' | 'state' | 'cityIds' | 'onwardUntil'>, moment: Date): Promise<Nights | null> {
  if (row.state !== 'PLACED' || row.onwardUntil === null) return null
  const today = dayInZone(moment, clockOf(row.cityIds, moment).timeZone)
  const [found] = await db.$queryRaw<{ from: Day | null; until: Day | null }[]>`
    select lower(nights)::text as "from", upper(nights)::text as "until" from onward_nights(${row.id}::uuid, ${today}::date) nights`
  return found?.from && found.until ? { from: found.from, until: found.until } : null
}
