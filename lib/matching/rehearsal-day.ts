import type { Policy } from './policy'
import { replay, type DayAsked, type DayLeg, type Past } from './rehearsal'
import { addUp, type SideFigures } from './rehearsal-figures'
import { playRound } from './round'
import type { RoundStep } from './round-types'

/**
 * Matches a day as a round over the whole town does, but for groups: their parties are played one by one.
 *
 * @throws RangeError as `playRound`.
 */
export function matchByRound({ parties, rooms, blocked, policy }: DayAsked): DayLeg[] {
  let step: RoundStep = 'READING'
  const { plans } = playRound({
    needs: parties.map(({ need, priority }) => ({ need, priority, groupId: null, splitAllowed: need.adults > 1, relayAllowed: true })),
    groups: [],
    rooms,
    apart: { blocked, refused: new Set() },
    places: {},
    policy,
  }, {
    // nobody reads why somebody found nothing: once all are placed the round may stop
    onProgress: (progress) => { step = progress.step },
    shouldStop: () => step === 'REASONS',
  })
  return plans.flatMap(({ legs }) => legs.map(({ arrivalId, roomId, from, until, adults, childrenAges }) => (
    { arrivalId, roomId, from, until, persons: adults + childrenAges.length })))
}

/** What a rehearsal plays: one snapshot, once under the policy in force and once under the draft. */
export interface Rehearsed {
  past: Past
  inForce: Policy
  draft: Policy
}

/** Figures of both sides. */
export interface BothSides {
  inForce: SideFigures
  draft: SideFigures
}

/** Plays both sides to their ends, one after the other. @param tell hears how many days of both are played. */
export function playBoth({ past, inForce, draft }: Rehearsed, tell: (played: number) => void): BothSides {
  let played = 0
  const play = (policy: Policy): SideFigures => {
    const days = replay(past, { policy, match: matchByRound })
    for (;;) {
      const next = days.next()
      if (next.done === true) return addUp(next.value)
      played += 1
      tell(played)
    }
  }
  return { inForce: play(inForce), draft: play(draft) }
}
