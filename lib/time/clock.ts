import 'server-only'
import { findCity } from '@/lib/places/places'
import { dayInZone, type Day } from './day'

/** The shell's clock. Pure code gets its instant as an argument. */
export function now(): Date {
  return new Date()
}

/** The calendar day in a city. @throws RangeError for a city that is not in the gazetteer. */
export function todayIn(cityId: string): Day {
  const city = findCity(cityId)
  if (!city) throw new RangeError(`unknown city: ${cityId}`)
  return dayInZone(now(), city.timeZone)
}
