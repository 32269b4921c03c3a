import 'server-only'
import { daysBetween, type Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'

/** What a room's past says to the matcher: the last morning, and stays in a row without a rest. */
export interface StaysBefore {
  lastStayUntil: Day | null
  staysInRow: number
}

/**
 * Counts the stays that lead up to a first night, back to the first rest of `restedNights` nights or more.
 *
 * @param stays of one room, each beginning before the first night, earliest first.
 */
export function readStaysBefore(
  { stays, firstNight, restedNights }: { stays: readonly Nights[]; firstNight: Day; restedNights: number },
): StaysBefore {
  let next = firstNight
  let staysInRow = 0
  for (const { from, until } of stays.toReversed()) {
    if (daysBetween(until, next) >= restedNights) break
    staysInRow += 1
    next = from
  }
  return { lastStayUntil: stays.at(-1)?.until ?? null, staysInRow }
}
