import 'server-only'
import { findCity } from '@/lib/places/places'
import { dayInZone, type Day } from './day'

const HEARD_IS_OLD_MS = 30_000

/** What the database's clock said, in milliseconds since 1970, and when by this process's own count, which never jumps. */
interface Heard {
  said: number
  by: number
}

// of the process, not of the module: a bundler makes several of one file
const kept = globalThis as { qonaqTime?: Heard }

/**
 * Sets the shell's clock by the database's.
 *
 * @param said the moment the database told. `by`: the process's own count (`performance.now()`) at that moment.
 */
export function hearTime(said: Date, by = performance.now()): void {
  kept.qonaqTime = { said: said.getTime(), by }
}

/** True when the database should be asked again: it was never asked, or half a minute ago. */
export function isTimeOld(): boolean {
  return kept.qonaqTime === undefined || performance.now() - kept.qonaqTime.by > HEARD_IS_OLD_MS
}

/**
 * The shell's clock: the database's, as it was last heard, counted on without looking at the machine's own date. So a
 * web server whose clock is a day off shows and asks for the same days as the database. Before the first connection it is
 * the machine's. Pure code gets its instant as an argument.
 */
export function now(): Date {
  const heard = kept.qonaqTime
  return heard === undefined ? new Date() : new Date(heard.said + performance.now() - heard.by)
}

/** The calendar day in a city. @throws RangeError for a city that is not in the gazetteer. */
export function todayIn(cityId: string): Day {
  const city = findCity(cityId)
  if (!city) throw new RangeError(`unknown city: ${cityId}`)
  return dayInZone(now(), city.timeZone)
}
