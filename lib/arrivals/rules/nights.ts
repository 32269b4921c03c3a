import { addDays, dayInZone, daysBetween, type Day } from '../../time/day'
import { countNights, nightsFrom, type Nights } from '../../time/nights'
import { RETENTION_DAYS, type FirstNight } from '../schema'
import { formatOfEachZone } from '../../time/zone-format'

const EVENING_HOUR = 18

/**
 * The nights somebody still needs: those asked for, and when the first of them is over, as many starting today.
 *
 * @param nights as asked. @param today calendar day in the first city wanted.
 */
export function effectiveNights({ nights }: { nights: Nights }, today: Day): Nights {
  return nights.from >= today ? nights : nightsFrom(today, countNights(nights))
}

/** The day a first night falls on. A chosen day that has passed meanwhile becomes today. */
export function firstNightOf(firstNight: FirstNight, today: Day): Day {
  if (firstNight === 'today') return today
  if (firstNight === 'tomorrow') return addDays(today, 1)
  return firstNight < today ? today : firstNight
}

/**
 * The day a request that is being asked for will be erased: so many days after its last morning. Of one that exists the
 * database says it (`erase_day`), because it depends on what became of it; a test compares.
 */
export function deletionDay(until: Day): Day {
  return addDays(until, RETENTION_DAYS)
}

const clockFormatOf = formatOfEachZone('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/**
 * Hours until 18:00 of a day on the city's wall clock, 0 when that evening has begun.
 *
 * A change of the clocks in between is not counted: it moves the answer by an hour at most.
 */
export function hoursUntilEvening({ day, now, timeZone }: { day: Day; now: Date; timeZone: string }): number {
  const clock = clockFormatOf(timeZone).format(now)
  const [hour, minute] = clock.split(':').map(Number)
  const passed = (hour ?? 0) + (minute ?? 0) / 60
  return Math.max(0, daysBetween(dayInZone(now, timeZone), day) * 24 + EVENING_HOUR - passed)
}

/** Nights somebody has waited: days between the city's calendar day of asking and today. */
export function waitingNights({ since, now, timeZone }: { since: Date; now: Date; timeZone: string }): number {
  return Math.max(0, daysBetween(dayInZone(since, timeZone), dayInZone(now, timeZone)))
}
