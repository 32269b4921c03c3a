import type { EndedReason, GUEST_NO_REASONS, PlacementState, Side } from './schema'

/** The life of a placement as the screens know it; a test compares it with the table `legal_move` of the database. */
export const MOVES: Record<PlacementState, readonly PlacementState[]> = {
  PROPOSED: ['CONFIRMED', 'DECLINED', 'LAPSED', 'CANCELLED'],
  CONFIRMED: ['ARRIVED', 'CANCELLED', 'NOT_ARRIVED', 'CONFIRMED'],
  ARRIVED: ['DEPARTED', 'ARRIVED'],
  DEPARTED: [],
  DECLINED: [],
  LAPSED: [],
  CANCELLED: [],
  NOT_ARRIVED: [],
}

/** True in the states that hold a room. */
export function isLive(state: PlacementState): boolean {
  return state === 'PROPOSED' || state === 'CONFIRMED' || state === 'ARRIVED'
}

/** True when a placement may go from one state to the other. */
export function mayMove(from: PlacementState, to: PlacementState): boolean {
  return MOVES[from].includes(to)
}

interface Pair {
  arrival: { womenOnly: boolean; allWomen: boolean }
  host: { womenOnlyHousehold: boolean; womenOnlyGuests: boolean }
}

/** Whether women are among women, where either side asked for that; `women_fit` in the database says the same. */
export function womenFit({ arrival, host }: Pair): boolean {
  return (!arrival.womenOnly || host.womenOnlyHousehold) && (!host.womenOnlyGuests || arrival.allWomen)
}

const STILL_NEEDS_A_PLACE: readonly EndedReason[] = ['HOST_ENDED_EARLY', 'CONFLICT', 'SAFETY', 'NEXT_HOST']

/** Whether a stay that ended for this reason leaves people who need another place at once. */
export function endsTheNeed(reason: EndedReason): boolean {
  return !STILL_NEEDS_A_PLACE.includes(reason)
}

const DECIDED_BY: Partial<Record<EndedReason, Side>> = { HOST_ENDED_EARLY: 'HOST', CONFLICT: 'COORDINATOR', SAFETY: 'COORDINATOR' }

/** Whose decision an ending was that a coordinator writes down: who did not decide it gets a message. */
export function decidedBy(reason: EndedReason): Side {
  return DECIDED_BY[reason] ?? 'GUEST'
}

type GuestNoReason = (typeof GUEST_NO_REASONS)[number]

const NEEDS_NO_PLACE: readonly GuestNoReason[] = ['FOUND_A_PLACE', 'MOVED_ON']

/** Whether a guest who says no for this reason needs no place any more, so that the request closes. */
export function noEndsTheNeed(reason: GuestNoReason): boolean {
  return NEEDS_NO_PLACE.includes(reason)
}
