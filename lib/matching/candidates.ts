import type { Nights } from '../time/nights'
import { firstMismatch, MISMATCHES, type Mismatch } from './eligibility'
import { explainScored, type Explanation } from './explain'
import type { Policy } from './policy'
import { scoreRoom, type Score } from './score'
import { shiftNeed } from './shift'
import type { RoomOffer, ShelterNeed } from './types'

/** Candidates shown when the caller names no other number. */
export const CANDIDATES_SHOWN = 50

/** A room that fits, with its reasons. Promises nothing. */
export interface Candidate {
  room: RoomOffer
  /** The nights it would be held for: those asked for, or those after the shift. */
  nights: Nights
  /** Nights the stay moves, later when positive; 0 for the nights asked for. */
  shiftNights: number
  score: number
  maximum: number
  explanation: Explanation
}

/** What the matcher found for one arrival. */
export interface Candidates {
  /** Rooms that fit the nights asked for, best first, at most `limit`. */
  candidates: Candidate[]
  /** Rooms that fit only within the shift the arrival agreed to: smallest shift first, then best, at most `limit`. */
  shifted: Candidate[]
  /** Rooms that fit, before the limit. */
  fitting: number
  /** Rooms that do not fit the nights asked for, counted by their most final failed rule. */
  fallenOut: Record<Mismatch, number>
}

/** A need with its nights moved, later when positive. */
export type Shifted = Readonly<{ need: ShelterNeed; shiftNights: number }>
type Ranked = Shifted & Readonly<{ room: RoomOffer; scored: Score }>

/**
 * Ranks rooms for one arrival: rules first, then wishes, ties by the room's id. The order of `rooms` does not
 * matter; explanations are made for the rooms that are kept.
 *
 * @param limit candidates kept in each list, 0 or more.
 * @throws RangeError as `findMismatches`.
 */
export function rankCandidates({
  rooms,
  need,
  policy,
  limit = CANDIDATES_SHOWN,
}: {
  rooms: readonly RoomOffer[]
  need: ShelterNeed
  policy: Policy
  limit?: number
}): Candidates {
  const fallenOut = noneFallen()
  const shifts = shiftsOf(need)
  const asked: Ranked[] = []
  const shifted: Ranked[] = []
  for (const room of rooms) {
    const failed = firstMismatch(room, need)
    if (failed === null) {
      asked.push({ room, need, shiftNights: 0, scored: scoreRoom({ room, need, policy }) })
      continue
    }
    fallenOut[failed] += 1
    const shift = shifts.find((one) => firstMismatch(room, one.need) === null)
    if (shift) shifted.push({ ...shift, room, scored: scoreRoom({ room, need: shift.need, policy }) })
  }
  const keep = (ranked: Ranked[]) => ranked.sort(inRank).slice(0, limit).map((one) => toCandidate(one, policy))
  return { candidates: keep(asked), shifted: keep(shifted), fitting: asked.length, fallenOut }
}

/** The need at every shift the arrival agreed to, smallest first, later before earlier, none in the past. */
export function shiftsOf(need: ShelterNeed): Shifted[] {
  return Array.from({ length: need.flexibleNights }, (_, index) => [index + 1, -index - 1])
    .flat()
    .flatMap((shiftNights) => {
      const moved = shiftNeed(need, shiftNights)
      return moved ? [{ need: moved, shiftNights }] : []
    })
}

function inRank(one: Ranked, other: Ranked): number {
  return (
    Math.abs(one.shiftNights) - Math.abs(other.shiftNights) ||
    other.scored.score - one.scored.score ||
    (one.room.id < other.room.id ? -1 : 1)
  )
}

function toCandidate({ room, need, shiftNights, scored }: Ranked, policy: Policy): Candidate {
  const explanation = explainScored({ room, need, policy, scored })
  return { room, nights: need.nights, shiftNights, score: scored.score, maximum: scored.maximum, explanation }
}

function noneFallen(): Record<Mismatch, number> {
  return Object.fromEntries(MISMATCHES.map((rule) => [rule, 0])) as Record<Mismatch, number>
}
