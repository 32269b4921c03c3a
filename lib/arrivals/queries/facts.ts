import 'server-only'
import { dayOf } from '@/lib/db/dates'
import type { Arrival } from '@/lib/db/generated/client'
import { findCity } from '@/lib/places/places'
import type { Nights } from '@/lib/time/nights'
import type { ArrivalFacts, CityClock } from '../rules/need'
import type { ArrivalState } from '../schema'

/** An arrival's row as the rules want it: days as text, later comers as one thing. */
export function factsOf(row: Arrival): ArrivalFacts {
  const { growthPersons: persons, growthFrom: from, growthKeepUntil: keepUntil } = row
  return {
    id: row.id,
    cityIds: row.cityIds,
    districtId: row.districtId,
    nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    flexibleNights: row.flexibleNights,
    adults: row.adults,
    childrenAges: row.childrenAges,
    animals: row.animals,
    stepFree: row.stepFree,
    quietWished: row.quietWished,
    privateBathWished: row.privateBathWished,
    ownEntranceWished: row.ownEntranceWished,
    womenOnly: row.womenOnly,
    womanAlone: row.womanAlone,
    allWomen: row.allWomen,
    languages: row.languages,
    growth: persons !== null && from && keepUntil ? { persons, from: dayOf(from), keepUntil: dayOf(keepUntil) } : null,
  }
}

/** The same with the nights that are needed after what is agreed: they begin when the stay ends and cannot be shifted. */
export function factsWith(row: Arrival, onward: Nights | null): ArrivalFacts {
  const facts = factsOf(row)
  return onward === null ? facts : { ...facts, nights: onward, flexibleNights: 0 }
}

/** The clock of the first city an arrival wants. @throws RangeError when it is not in the gazetteer. */
export function clockOf(cityIds: readonly string[], now: Date): CityClock {
  const city = findCity(cityIds[0] ?? '')
  if (!city) throw new RangeError(`unknown city: ${cityIds[0] ?? 'none'}`)
  return { now, timeZone: city.timeZone }
}

/** True while somebody still waits for a place. */
export function isWaiting(state: ArrivalState): boolean {
  return state === 'OPEN' || state === 'OFFERED'
}
