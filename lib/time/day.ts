import { formatOfEachZone } from './zone-format'
import { z } from 'zod'

/** A calendar day as text, `YYYY-MM-DD`. Never a JavaScript `Date`: a day has no time zone. */
export type Day = string

const EPOCH_YEAR_MIN = 2000
const EPOCH_YEAR_MAX = 2099
const MS_PER_DAY = 86_400_000
const YEARS_PER_CYCLE = 400
const DAYS_PER_CYCLE = 146_097
const DIGIT_ZERO = 48
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** A day between 2000-01-01 and 2099-12-31; refuses 30 February, other digits and every other spelling. */
export const daySchema = z.iso
  // aborting: checks of the whole form count days, and would count what is none
  .date({ error: 'DAY_INVALID', abort: true })
  .refine((text) => inRange(text), { error: 'DAY_INVALID', abort: true })

function inRange(text: string): boolean {
  const year = Number(text.slice(0, 4))
  return year >= EPOCH_YEAR_MIN && year <= EPOCH_YEAR_MAX
}

/** Days since 1970-01-01. Written out by hand: the matcher counts nights by the thousand, and `Date` rolls 30 February over into March. */
function toNumber(day: Day): number {
  const [year, month, date] = [digits(day, 0, 4), digits(day, 5, 7), digits(day, 8, 10)]
  const isSpelt = day.length === 10 && day[4] === '-' && day[7] === '-' && year >= 0
  const isDay = isSpelt && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
  if (!isDay) throw new RangeError(`not a day: ${day}`)
  // The calendar repeats every 400 years; `Date.UTC` reads the years 0 to 99 as 1900 to 1999.
  return Date.UTC(year + YEARS_PER_CYCLE, month - 1, date) / MS_PER_DAY - DAYS_PER_CYCLE
}

/** The number that stands between two places of a text; `NaN` where anything but 0–9 stands there. */
function digits(text: string, from: number, until: number): number {
  let number = 0
  for (let index = from; index < until; index += 1) {
    const digit = text.charCodeAt(index) - DIGIT_ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    number = number * 10 + digit
  }
  return number
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * The day `count` days after `day` (before, when negative).
 *
 * @throws RangeError when `day` is no day, `count` is no whole number, or the answer needs five digits of year.
 */
export function addDays(day: Day, count: number): Day {
  if (!Number.isInteger(count)) throw new RangeError(`not a number of days: ${count}`)
  const moved = new Date((toNumber(day) + count) * MS_PER_DAY).toISOString().slice(0, 10)
  if (!DAY_SHAPE.test(moved)) throw new RangeError(`too far from ${day}: ${count} days`)
  return moved
}

/** Days from `from` to `to`, negative when `to` is earlier. @throws RangeError when either is no day. */
export function daysBetween(from: Day, to: Day): number {
  return toNumber(to) - toNumber(from)
}

/** The earlier of two days. Days compare as text. */
export function earlierDay(one: Day, other: Day): Day {
  return one < other ? one : other
}

/** The later of two days. */
export function laterDay(one: Day, other: Day): Day {
  return one > other ? one : other
}

const dayFormatOf = formatOfEachZone('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })

/**
 * The calendar day an instant falls on in a time zone.
 *
 * @param instant handed in by the shell; this file reads no clock.
 * @param timeZone IANA name, for example `Asia/Almaty`.
 */
export function dayInZone(instant: Date, timeZone: string): Day {
  return dayFormatOf(timeZone).format(instant)
}
