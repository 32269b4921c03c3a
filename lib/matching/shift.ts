import { addDays } from '../time/day'
import type { ShelterNeed } from './types'

const HOURS_PER_NIGHT = 24
const HOURS_FROM_EVENING_TO_MIDNIGHT = 6

/**
 * The same stay, `nights` nights later (earlier, when negative).
 *
 * The hours of notice move along. A need whose evening has begun says only "0 hours", so it is counted from its
 * midnight: a promise made from it may be too careful, never too bold.
 *
 * @returns `null` when the first night would lie in the past.
 */
export function shiftNeed(need: ShelterNeed, nights: number): ShelterNeed | null {
  const hours = hoursAfter(need.hoursUntilFirstEvening, nights)
  if (hours === null) return null
  const { from, until } = need.nights
  return { ...need, nights: { from: addDays(from, nights), until: addDays(until, nights) }, hoursUntilFirstEvening: hours }
}

/**
 * The same last night, `nights` nights dropped at the beginning.
 *
 * @param nights 1 or more, fewer than the stay has; the caller checks that a night is left.
 */
export function startLater(need: ShelterNeed, nights: number): ShelterNeed | null {
  const shifted = shiftNeed(need, nights)
  return shifted && { ...shifted, nights: { from: shifted.nights.from, until: need.nights.until } }
}

function hoursAfter(hours: number, nights: number): number | null {
  if (nights === 0) return hours
  const known = hours > 0 ? hours : -HOURS_FROM_EVENING_TO_MIDNIGHT
  const moved = known + nights * HOURS_PER_NIGHT
  return moved > -HOURS_FROM_EVENING_TO_MIDNIGHT ? Math.max(0, moved) : null
}
