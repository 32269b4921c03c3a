import 'server-only'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import type { Arrival } from '@/lib/db/generated/client'
import { dayInZone } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { onwardNights } from '../rules/nights'
import { clockOf } from './facts'

/** The nights an arrival with a place still needs: from its last agreed or proposed morning on; `null` when there are none. */
export async function readOnward(row: Pick<Arrival, 'id' | 'state' | 'cityIds' | 'onwardUntil'>, moment: Date): Promise<Nights | null> {
  if (row.state !== 'PLACED' || row.onwardUntil === null) return null
  const { _max } = await db.placement.aggregate({
    where: { arrivalId: row.id, state: { in: ['PROPOSED', 'CONFIRMED', 'ARRIVED'] } }, _max: { untilDate: true },
  })
  if (_max.untilDate === null) return null
  const today = dayInZone(moment, clockOf(row.cityIds, moment).timeZone)
  return onwardNights({ lastMorning: dayOf(_max.untilDate), until: dayOf(row.onwardUntil), today })
}
