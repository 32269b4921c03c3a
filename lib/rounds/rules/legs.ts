import { shiftNeed } from '../../matching/shift'
import type { ShelterNeed } from '../../matching/types'
import { daysBetween } from '../../time/day'
import { countNights } from '../../time/nights'
import type { StoredLeg } from '../schema'

/**
 * The part of a party's need that one leg answers: its nights, who sleeps there, and the notice there is until its evening.
 *
 * @returns `growth` only where beds are kept for those who join.
 */
export function legNeed({ from, until, adults, childrenAges, later }: Omit<StoredLeg, 'arrivalId' | 'roomId'>, need: ShelterNeed): ShelterNeed {
  const { hoursUntilFirstEvening } = shiftNeed(need, daysBetween(need.nights.from, from)) ?? need
  const growth = need.growth !== null && later > 0 ? { ...need.growth, persons: later } : null
  return { ...need, nights: { from, until }, adults, childrenAges: [...childrenAges], growth, hoursUntilFirstEvening }
}

/**
 * Whether a party still asks for the nights its legs were made for: as many, and no further away than it agreed to shift. A
 * first night that has passed meanwhile is left to whoever knows the day.
 */
export function stillAsked(legs: readonly Pick<StoredLeg, 'from' | 'until'>[], need: ShelterNeed): boolean {
  const from = legs.map((leg) => leg.from).sort().at(0)
  const until = legs.map((leg) => leg.until).sort().at(-1)
  if (from === undefined || until === undefined) return false
  const later = daysBetween(need.nights.from, from)
  return countNights({ from, until }) === countNights(need.nights) && (later < 0 || later <= need.flexibleNights)
}
