import { countNights } from '../time/nights'
import { findMismatches, MISMATCHES, type Mismatch } from './eligibility'
import { countInRow, stayTooNear } from './host-stays'
import { joiningLater, partySize } from './party'
import type { RoomOffer, ShelterNeed } from './types'

/** What a rule or a wish compared, by name; numbers, ids, codes and days, so that a screen can say them in any language. */
export type Values = Readonly<Record<string, string | number>>

export const MUST_HAVE_STATES = ['MET', 'FAILED', 'NOT_ASKED'] as const
export type MustHaveState = (typeof MUST_HAVE_STATES)[number]

/** One hard rule as it came out. `NOT_ASKED`: the rule had nothing to compare (no animal comes, no limit is set). */
export interface MustHave {
  rule: Mismatch
  state: MustHaveState
  values: Values
}

type Facts = Readonly<{ room: RoomOffer; need: ShelterNeed }>

const ALWAYS = () => true

/** Whether a rule has anything to compare; the others always have. */
const ASKED: Readonly<Record<Mismatch, (facts: Facts) => boolean>> = {
  UNACCOMPANIED_MINOR: ({ need }) => need.childrenAges.length > 0,
  BLOCKED: ALWAYS,
  REFUSED_BEFORE: ALWAYS,
  HOST_NOT_VETTED: ALWAYS,
  HOME_TO_VISIT: ALWAYS,
  HOST_PAUSED: ALWAYS,
  OUT_OF_SERVICE: ALWAYS,
  OTHER_CITY: ALWAYS,
  TOO_FEW_BEDS: ALWAYS,
  WOMEN_ONLY_WANTED: ({ need }) => need.womenOnly,
  HOST_TAKES_WOMEN_ONLY: ({ room }) => room.womenOnlyGuests,
  NO_CHILDREN: ({ need }) => need.childrenAges.length > 0,
  NO_ANIMALS: ({ need }) => need.animals,
  NOT_STEP_FREE: ({ need }) => need.stepFree,
  NOT_FREE: ALWAYS,
  TOO_SHORT: ({ room }) => room.shortestStayNights > 1,
  TOO_LONG: ALWAYS,
  TOO_LITTLE_NOTICE: ({ room }) => room.noticeHours > 0,
  HOST_RESTS: ({ room }) => room.hostStays.length > 0 && room.restNights > 0,
  TOO_MANY_IN_ROW: ({ room }) => room.staysInRowLimit !== null,
}

const NOTHING: Values = {}
const NONE = () => NOTHING

const VALUES: Readonly<Record<Mismatch, (facts: Facts) => Values>> = {
  UNACCOMPANIED_MINOR: ({ need }) => ({ adults: need.adults, children: need.childrenAges.length }),
  BLOCKED: NONE,
  REFUSED_BEFORE: NONE,
  HOST_NOT_VETTED: NONE,
  HOME_TO_VISIT: NONE,
  HOST_PAUSED: NONE,
  OUT_OF_SERVICE: NONE,
  OTHER_CITY: ({ room }) => ({ city: room.cityId }),
  TOO_FEW_BEDS: ({ room, need }) => ({ beds: room.beds, persons: partySize(need), later: joiningLater(need) }),
  WOMEN_ONLY_WANTED: NONE,
  HOST_TAKES_WOMEN_ONLY: NONE,
  NO_CHILDREN: ({ need }) => ({ children: need.childrenAges.length }),
  NO_ANIMALS: NONE,
  NOT_STEP_FREE: NONE,
  NOT_FREE: ({ need }) => ({ from: need.nights.from, until: need.nights.until }),
  TOO_SHORT: ({ room, need }) => ({ nights: countNights(need.nights), shortest: room.shortestStayNights }),
  TOO_LONG: ({ room, need }) => ({ nights: countNights(need.nights), longest: room.longestStayNights }),
  TOO_LITTLE_NOTICE: ({ room, need }) => ({ hours: need.hoursUntilFirstEvening, notice: room.noticeHours }),
  HOST_RESTS: ({ room, need }) => restValues(room, need),
  TOO_MANY_IN_ROW: ({ room, need }) => rowValues(room, need),
}

/**
 * Every hard rule in the order of `MISMATCHES`, with its outcome and the values it compared.
 *
 * @throws RangeError as `findMismatches`.
 */
export function listMustHaves(room: RoomOffer, need: ShelterNeed): MustHave[] {
  const failed = new Set(findMismatches(room, need))
  const facts = { room, need }
  return MISMATCHES.map((rule) => ({ rule, state: stateOf({ rule, failed, facts }), values: VALUES[rule](facts) }))
}

function stateOf({ rule, failed, facts }: { rule: Mismatch; failed: ReadonlySet<Mismatch>; facts: Facts }): MustHaveState {
  if (failed.has(rule)) return 'FAILED'
  return ASKED[rule](facts) ? 'MET' : 'NOT_ASKED'
}

/** The stay that is too near, and the nights of rest; nothing while the host is rested. */
function restValues(room: RoomOffer, { nights }: ShelterNeed): Values {
  const near = stayTooNear(room, nights)
  return near === null ? NOTHING : { from: near.from, until: near.until, nights: room.restNights }
}

function rowValues(room: RoomOffer, { nights }: ShelterNeed): Values {
  if (room.staysInRowLimit === null) return NOTHING
  return { stays: countInRow(room, nights), limit: room.staysInRowLimit }
}
