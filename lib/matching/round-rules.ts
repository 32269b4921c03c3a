import type { Mismatch } from './eligibility'
import type { NeedFacts, RoomFacts, Run } from './round-facts'

/**
 * The most final failed rule, or `null` when the room fits: `firstMismatch` of `eligibility.ts` in numbers, for the
 * room as it is left and its host as it is promised now. A property test holds the two to each other.
 */
export function firstFailed(room: RoomFacts, facts: NeedFacts): Mismatch | null {
  return failsAsPair(room, facts) ?? failsOnNights(room, facts)
}

/** The rules that no change of nights touches, but for the beds of those who come later. */
export function failsAsPair(room: RoomFacts, facts: NeedFacts): Mismatch | null {
  return failsBetween(room, facts) ?? failsAsOffer(room) ?? failsAsHousehold(room, facts)
}

function failsBetween({ offer }: RoomFacts, { need, blocked, refused }: NeedFacts): Mismatch | null {
  if (need.adults === 0) return 'UNACCOMPANIED_MINOR'
  if (offer.blocked || (blocked.size > 0 && blocked.has(offer.hostId))) return 'BLOCKED'
  if (offer.refused || (refused.size > 0 && refused.has(offer.homeId))) return 'REFUSED_BEFORE'
  return null
}

function failsAsOffer({ offer }: RoomFacts): Mismatch | null {
  if (!offer.hostVetted) return 'HOST_NOT_VETTED'
  if (offer.homeToVisit) return 'HOME_TO_VISIT'
  if (offer.hostPaused) return 'HOST_PAUSED'
  return offer.inService ? null : 'OUT_OF_SERVICE'
}

function failsAsHousehold({ offer }: RoomFacts, { need, sleepers }: NeedFacts): Mismatch | null {
  if (!need.cityIds.includes(offer.cityId)) return 'OTHER_CITY'
  if (offer.beds < sleepers) return 'TOO_FEW_BEDS'
  if (need.womenOnly && !offer.womenOnlyHousehold) return 'WOMEN_ONLY_WANTED'
  if (offer.womenOnlyGuests && !need.allWomen) return 'HOST_TAKES_WOMEN_ONLY'
  if (need.childrenAges.length > 0 && !offer.childrenWelcome) return 'NO_CHILDREN'
  return failsInside(offer, need)
}

function failsInside(offer: RoomFacts['offer'], need: NeedFacts['need']): Mismatch | null {
  if (need.animals && !offer.animalsWelcome) return 'NO_ANIMALS'
  return need.stepFree && !offer.stepFree ? 'NOT_STEP_FREE' : null
}

/** The rules about nights, in the order of `MISMATCHES`. */
export function failsOnNights(room: RoomFacts, facts: NeedFacts): Mismatch | null {
  const nights = facts.until - facts.from
  if (!hasRun(room.free, facts)) return 'NOT_FREE'
  if (nights < room.offer.shortestStayNights) return 'TOO_SHORT'
  if (nights > room.offer.longestStayNights) return 'TOO_LONG'
  if (facts.need.hoursUntilFirstEvening < room.offer.noticeHours) return 'TOO_LITTLE_NOTICE'
  return failsOnStays(room, facts)
}

/** The rules about the host's other stays; nothing for a host without such rules. */
export function failsOnStays(room: RoomFacts, nights: Run): Mismatch | null {
  if (!room.host.ruled) return null
  const { restNights, staysInRowLimit } = room.offer
  if (restNights > 0 && isTooNear(room, nights)) return 'HOST_RESTS'
  if (staysInRowLimit === null || room.stays.length + room.host.promised.length < staysInRowLimit) return null
  return countRow(room, nights) >= staysInRowLimit ? 'TOO_MANY_IN_ROW' : null
}

function hasRun(free: readonly Run[], { from, until }: Run): boolean {
  for (const run of free) if (run.from <= from && until <= run.until) return true
  return false
}

/** The run that holds the nights, if one does. */
export function runAround(free: readonly Run[], { from, until }: Run): Run | undefined {
  return free.find((run) => run.from <= from && until <= run.until)
}

/** As `stayTooNear`: a stay that shares a night takes no rest away. */
function isTooNear({ stays, host, offer }: RoomFacts, nights: Run): boolean {
  return hasNear(stays, nights, offer.restNights) || hasNear(host.promised, nights, offer.restNights)
}

function hasNear(stays: readonly Run[], nights: Run, restNights: number): boolean {
  for (const stay of stays) {
    const gap = gapBetween(stay, nights)
    if (gap >= 0 && gap < restNights) return true
  }
  return false
}

/** As `countInRow`. */
function countRow({ stays, host, offer }: RoomFacts, nights: Run): number {
  const all = [...stays, ...host.promised]
  let [row, rest] = [nights, all]
  for (;;) {
    const [from, until] = [row.from, row.until]
    const near = rest.filter((stay) => gapBetween(stay, { from, until }) < offer.rowBreakNights)
    if (near.length === 0) return all.length - rest.length
    rest = rest.filter((stay) => gapBetween(stay, { from, until }) >= offer.rowBreakNights)
    row = { from: Math.min(from, ...near.map((stay) => stay.from)), until: Math.max(until, ...near.map((stay) => stay.until)) }
  }
}

/** Nights without guests between two runs; negative when they share a night. */
function gapBetween(one: Run, other: Run): number {
  return one.from < other.from ? other.from - one.until : one.from - other.until
}
