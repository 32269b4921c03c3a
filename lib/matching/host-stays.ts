import { daysBetween, earlierDay, laterDay, type Day } from '../time/day'
import { overlaps, type Nights } from '../time/nights'
import type { RoomOffer } from './types'

type Host = Pick<RoomOffer, 'hostStays' | 'restNights' | 'rowBreakNights'>

/** Nights without guests between two runs; negative when they share a night. */
function gapBetween(one: Nights, other: Nights): number {
  return one.from < other.from ? daysBetween(one.until, other.from) : daysBetween(other.until, one.from)
}

/**
 * The stay of the host, in whichever room, that ends or begins too near to these nights for the rest asked for; the
 * earliest of several, `null` when there is none. A stay that shares a night with them takes no rest away: the host has
 * guests in the house then, and offered another room for those very nights.
 */
export function stayTooNear({ hostStays, restNights }: Host, nights: Nights): Nights | null {
  return hostStays.find((stay) => !overlaps(stay, nights) && gapBetween(stay, nights) < restNights) ?? null
}

/** How many stays of the host these nights would stand in a row with, before and after, until a gap of `rowBreakNights`. */
export function countInRow({ hostStays, rowBreakNights }: Host, nights: Nights): number {
  let row = nights
  let rest = hostStays
  for (;;) {
    const near = rest.filter((stay) => gapBetween(stay, row) < rowBreakNights)
    if (near.length === 0) return hostStays.length - rest.length
    rest = rest.filter((stay) => !near.includes(stay))
    row = near.reduce((sum, { from, until }) => ({ from: earlierDay(sum.from, from), until: laterDay(sum.until, until) }), row)
  }
}

/** The last morning of the host's guests who come before a first night; later than it while they are still there. */
export function lastMorningBefore({ hostStays }: Host, firstNight: Day): Day | null {
  const before = hostStays.filter(({ from }) => from < firstNight).map(({ until }) => until)
  return before.length === 0 ? null : before.reduce(laterDay)
}
