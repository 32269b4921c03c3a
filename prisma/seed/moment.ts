import type { Day } from '@/lib/time/day'

/** When the story is told: everything before and after is counted from here. */
export interface Moment {
  now: Date
  /** The calendar day in each city of the story. */
  today: Readonly<Record<string, Day>>
}

const MINUTE_MS = 60_000

/** Today in a city of the story. @throws RangeError for another city. */
export function todayOf({ today }: Moment, cityId: string): Day {
  const day = today[cityId]
  if (day === undefined) throw new RangeError(`no today for ${cityId}`)
  return day
}

/** An instant so many minutes after another; before, when negative. */
export function minutesAfter(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE_MS)
}

/** An hour of a day, in UTC; noon in the cities of the story is 6 or 7. */
export function hourOf(day: Day, hour: number): Date {
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
}

/** The earlier of two instants. */
export function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other
}

/** The latest of some instants; `null` when one of them has not come. */
export function latestOf(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((latest, one) => (one === null || latest === null ? null : one > latest ? one : latest))
}
