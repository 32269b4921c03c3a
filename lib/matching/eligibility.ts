import { countNights, covers, isEmpty } from '../time/nights'
import { countInRow, stayTooNear } from './host-stays'
import { partySize, sleepersAtMost } from './party'
import type { RoomOffer, ShelterNeed } from './types'

/** Every reason why a room cannot shelter an arrival, most final first. Closed: screens translate each once. */
export const MISMATCHES = [
  'UNACCOMPANIED_MINOR',
  'BLOCKED',
  'REFUSED_BEFORE',
  'HOST_NOT_VETTED',
  'HOME_TO_VISIT',
  'HOST_PAUSED',
  'OUT_OF_SERVICE',
  'OTHER_CITY',
  'TOO_FEW_BEDS',
  'WOMEN_ONLY_WANTED',
  'HOST_TAKES_WOMEN_ONLY',
  'NO_CHILDREN',
  'NO_ANIMALS',
  'NOT_STEP_FREE',
  'NOT_FREE',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_LITTLE_NOTICE',
  'HOST_RESTS',
  'TOO_MANY_IN_ROW',
] as const
export type Mismatch = (typeof MISMATCHES)[number]

type Rule = (room: RoomOffer, need: ShelterNeed) => boolean

const FAILS: Readonly<Record<Mismatch, Rule>> = {
  UNACCOMPANIED_MINOR: (_room, need) => need.adults === 0,
  BLOCKED: (room) => room.blocked,
  REFUSED_BEFORE: (room) => room.refused,
  HOST_NOT_VETTED: (room) => !room.hostVetted,
  HOME_TO_VISIT: (room) => room.homeToVisit,
  HOST_PAUSED: (room) => room.hostPaused,
  OUT_OF_SERVICE: (room) => !room.inService,
  OTHER_CITY: (room, need) => !need.cityIds.includes(room.cityId),
  TOO_FEW_BEDS: (room, need) => room.beds < sleepersAtMost(need),
  WOMEN_ONLY_WANTED: (room, need) => need.womenOnly && !room.womenOnlyHousehold,
  HOST_TAKES_WOMEN_ONLY: (room, need) => room.womenOnlyGuests && !need.allWomen,
  NO_CHILDREN: (room, need) => need.childrenAges.length > 0 && !room.childrenWelcome,
  NO_ANIMALS: (room, need) => need.animals && !room.animalsWelcome,
  NOT_STEP_FREE: (room, need) => need.stepFree && !room.stepFree,
  NOT_FREE: (room, need) => !room.free.some((run) => covers(run, need.nights)),
  TOO_SHORT: (room, need) => countNights(need.nights) < room.shortestStayNights,
  TOO_LONG: (room, need) => countNights(need.nights) > room.longestStayNights,
  TOO_LITTLE_NOTICE: (room, need) => need.hoursUntilFirstEvening < room.noticeHours,
  HOST_RESTS: (room, need) => stayTooNear(room, need.nights) !== null,
  TOO_MANY_IN_ROW: (room, need) => room.staysInRowLimit !== null && countInRow(room, need.nights) >= room.staysInRowLimit,
}

/**
 * Lists why a room cannot shelter an arrival. An empty list means it can.
 *
 * Hard rules only; wishes are weighed in `score.ts`. Reads no clock and no database, so a coordinator who
 * repeats a search sees the same answer. Asks about the nights as they stand: what the arrival could shift
 * is tried by `candidates.ts`.
 *
 * @param room `beds`: persons the room sleeps. `free`: disjoint runs of nights, touching runs merged.
 * @param need one person or more, infants included. `nights`: one night or more.
 * @returns failed rules in the order of `MISMATCHES`, most final first.
 * @throws RangeError when the need has no nights or no people. The schema forbids both, so this is our bug.
 * @see docs/adr/0003-a-room-takes-one-party.md
 */
export function findMismatches(room: RoomOffer, need: ShelterNeed): Mismatch[] {
  assertAsks(need)
  return MISMATCHES.filter((rule) => FAILS[rule](room, need))
}

/** The most final failed rule, or `null` when the room fits. @throws RangeError as `findMismatches`. */
export function firstMismatch(room: RoomOffer, need: ShelterNeed): Mismatch | null {
  assertAsks(need)
  return MISMATCHES.find((rule) => FAILS[rule](room, need)) ?? null
}

function assertAsks(need: ShelterNeed): void {
  if (isEmpty(need.nights)) throw new RangeError(`no nights: ${need.nights.from}..${need.nights.until}`)
  if (partySize(need) < 1) throw new RangeError(`nobody asks: ${need.id}`)
}
