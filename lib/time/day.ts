import { z } from 'zod'

/** A calendar day as text, `YYYY-MM-DD`. Never a JavaScript `Date`: a day has no time zone. */
export type Day = string

const EPOCH_YEAR_MIN = 2000
const EPOCH_YEAR_MAX = 2099
const MS_PER_DAY = 86_400_000
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** A day between 2000-01-01 and 2099-12-31; refuses 30 February, other digits and every other spelling. */
export const daySchema = z.iso
  .date('DAY_INVALID')
  .refine((text) => inRange(text), 'DAY_INVALID')

function inRange(text: string): boolean {
  const year = Number(text.slice(0, 4))
  return year >= EPOCH_YEAR_MIN && year <= EPOCH_YEAR_MAX
}

function toNumber(day: Day): number {
  const date = new Date(`${day}T00:00:00Z`)
  // Date rolls 30 February over into March without a word; the month gives it away.
  const isDay = DAY_SHAPE.test(day) && date.getUTCMonth() + 1 === Number(day.slice(5, 7))
  if (!isDay) throw new RangeError(`not a day: ${day}`)
  return date.getTime() / MS_PER_DAY
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

/**
 * The calendar day an instant falls on in a time zone.
 *
 * @param instant handed in by the shell; this file reads no clock.
 * @param timeZone IANA name, for example `Asia/Almaty`.
 */
export function dayInZone(instant: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(instant)
}
