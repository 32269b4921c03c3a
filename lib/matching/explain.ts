import { findSmallestChange, type Change } from './changes'
import type { Mismatch } from './eligibility'
import { listMustHaves, type MustHave, type Values } from './must-haves'
import type { Policy } from './policy'
import { scoreRoom, type Score, type WishPoints } from './score'
import type { RoomOffer, ShelterNeed } from './types'
import { valuesOfWish } from './wish-values'

/** One wish as it came out, with the values behind it. */
export interface ExplainedWish extends WishPoints {
  values: Values
}

/**
 * Why a room, or why not. Keys and values only: the one sentence a person reads is composed by the screen,
 * in their language.
 */
export interface Explanation {
  fits: boolean
  /** Every hard rule, in the order of `MISMATCHES`. */
  mustHaves: MustHave[]
  score: number
  maximum: number
  /** Every wish that was wished, in the order of `WISHES`. */
  wishes: ExplainedWish[]
  /** The wish that earned most; `null` when none earned a point. */
  best: ExplainedWish | null
  /** The wish that lost most against its maximum; `null` when none lost a point. */
  worst: ExplainedWish | null
  /** The most final failed rule; `null` when the room fits. */
  firstFailed: Mismatch | null
  /** One change that would make the room fit, re-checked; `null` when it fits or no single change is enough. */
  smallestChange: Change | null
}

/**
 * Explains one room for one arrival: the same words for the coordinator's candidate and for "why not this room".
 *
 * @throws RangeError as `findMismatches`.
 */
export function explain(room: RoomOffer, need: ShelterNeed, policy: Policy): Explanation {
  return explainScored({ room, need, policy, scored: scoreRoom({ room, need, policy }) })
}

/** As `explain`, for a caller that has weighed the wishes already. */
export function explainScored({
  room,
  need,
  policy,
  scored,
}: {
  room: RoomOffer
  need: ShelterNeed
  policy: Policy
  scored: Score
}): Explanation {
  const mustHaves = listMustHaves(room, need)
  const firstFailed = mustHaves.find(({ state }) => state === 'FAILED')?.rule ?? null
  const wishes = scored.wishes.map((wish) => ({ ...wish, values: valuesOfWish(wish.wish, { room, need, policy }) }))
  return {
    fits: firstFailed === null,
    mustHaves,
    score: scored.score,
    maximum: scored.maximum,
    wishes,
    best: mostBy(wishes, ({ points }) => points),
    worst: mostBy(wishes, ({ points, maximum }) => maximum - points),
    firstFailed,
    smallestChange: firstFailed === null ? null : findSmallestChange({ room, need }),
  }
}

/** The wish with the largest positive measure, the earlier of equals; `null` when none is positive. */
function mostBy(wishes: readonly ExplainedWish[], measure: (wish: WishPoints) => number): ExplainedWish | null {
  const most = Math.max(0, ...wishes.map(measure))
  return most === 0 ? null : (wishes.find((wish) => measure(wish) === most) ?? null)
}
