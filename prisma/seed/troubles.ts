import { addDays } from '@/lib/time/day'
import { countNights, nightsFrom } from '@/lib/time/nights'
import type { SeedArrival } from './builders'
import { todayOf } from './moment'
import { placeIn, type Fate, type Telling } from './placing'
import type { StayEnd } from './stays'

/** What goes wrong before somebody waits again. */
export const TROUBLES = ['DECLINED', 'LAPSED', 'CANCELLED', 'NOT_ARRIVED'] as const
export type Trouble = (typeof TROUBLES)[number]

const ENDS: Readonly<Record<Trouble, StayEnd>> = {
  DECLINED: { side: 'HOST', reason: 'DATES_CHANGED', to: null },
  LAPSED: { side: 'HOST', reason: 'NO_ANSWER', to: null },
  CANCELLED: { side: 'HOST', reason: 'HOST_ENDED_EARLY', to: 'TEMPORARY' },
  NOT_ARRIVED: { side: 'COORDINATOR', reason: 'NO_SHOW', to: 'UNKNOWN' },
}

/**
 * Somebody who was disappointed since yesterday: by a no, by silence, by a host who had to stop. They wait with their
 * waiting time kept. Who did not come at all is not waited for.
 *
 * @returns `null` when no room would have fitted.
 */
export function tellTrouble(telling: Telling, arrival: SeedArrival, trouble: Trouble): Fate | null {
  const yesterday = addDays(todayOf(telling.making.moment, arrival.cityId), -1)
  const nights = nightsFrom(yesterday, countNights(arrival.nights))
  const plan = placeIn(telling, { arrival, nights, state: trouble, end: ENDS[trouble] })
  if (plan === null) return null
  const over = trouble === 'NOT_ARRIVED'
  const asked = { ...arrival, nights, brokenPlacement: trouble === 'CANCELLED' }
  return { arrival: over ? { ...asked, state: 'CLOSED', closedAt: plan.times.ended } : asked, plans: [plan] }
}
