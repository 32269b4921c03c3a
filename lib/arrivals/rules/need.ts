import type { ShelterNeed } from '../../matching/types'
import { dayInZone, type Day } from '../../time/day'
import type { Nights } from '../../time/nights'
import { effectiveNights, hoursUntilEvening } from './nights'

/** What an arrival asks for, as the table keeps it: nights as they were asked, days as text. */
export interface ArrivalFacts {
  id: string
  /** Most wanted first; one or more. */
  cityIds: readonly string[]
  districtId: string | null
  nights: Nights
  flexibleNights: number
  adults: number
  childrenAges: readonly number[]
  animals: boolean
  stepFree: boolean
  quietWished: boolean
  privateBathWished: boolean
  ownEntranceWished: boolean
  womenOnly: boolean
  womanAlone: boolean
  allWomen: boolean
  languages: readonly string[]
  growth: { persons: number; from: Day; keepUntil: Day } | null
}

/** The shell's clock in the first city wanted. */
export interface CityClock {
  now: Date
  /** IANA name. */
  timeZone: string
}

/**
 * The arrival as the matcher sees it: its nights as they are still needed, later comers until their release day.
 *
 * @throws RangeError never for stored arrivals; their nights are one or more by the table's own rule.
 */
export function needOf(arrival: ArrivalFacts, { now, timeZone }: CityClock): ShelterNeed {
  const today = dayInZone(now, timeZone)
  const nights = effectiveNights(arrival, today)
  const { growth } = arrival
  return {
    id: arrival.id,
    cityIds: arrival.cityIds,
    districtId: arrival.districtId,
    nights,
    flexibleNights: arrival.flexibleNights,
    adults: arrival.adults,
    childrenAges: arrival.childrenAges,
    animals: arrival.animals,
    stepFree: arrival.stepFree,
    womenOnly: arrival.womenOnly,
    allWomen: arrival.allWomen || arrival.womanAlone,
    quietWished: arrival.quietWished,
    privateBathWished: arrival.privateBathWished,
    ownEntranceWished: arrival.ownEntranceWished,
    languages: arrival.languages,
    growth: growth !== null && growth.keepUntil >= today ? { persons: growth.persons, from: growth.from } : null,
    hoursUntilFirstEvening: hoursUntilEvening({ day: nights.from, now, timeZone }),
  }
}
