import { joiningLater, partySize } from './party'
import type { Policy } from './policy'
import { runOf, type RoomFacts } from './round-facts'
import { mostUrgentFirst, takeRooms, type Waiting } from './round-market'
import type { RoundLeg, RoundPlan, RoundPlanKind } from './round-types'
import type { Watcher } from './round-watch'
import { scoreRoom } from './score'
import type { ShelterNeed } from './types'

/** One room, and the part of a need it answers: its nights, and who sleeps there. */
export interface PlannedLeg {
  room: RoomFacts
  need: ShelterNeed
}

/** A party with its place, before it is written down. */
export interface Planned {
  party: Waiting
  kind: RoundPlanKind
  groupId: string | null
  shift: number
  legs: readonly PlannedLeg[]
}

/** The order in which a coordinator reads them: what is hardest to undo comes first. */
const KINDS: readonly RoundPlanKind[] = ['GROUP', 'RELAY', 'SEVERAL_ROOMS', 'SINGLE']

/** Gives parties their rooms, those of one plan together, and counts who is placed. */
export function keep(planned: readonly Planned[], watcher: Watcher): void {
  takeRooms(planned.flatMap(({ legs }) => legs.map(({ room, need }) => ({ room, nights: runOf(need.nights) }))))
  watcher.placed += planned.reduce((sum, { party }) => sum + partySize(party.asked.need), 0)
}

/** Writes plans down in the order of `KINDS`, then the most urgent first; a group stands where its most urgent member would. */
export function writePlans(planned: readonly Planned[], policy: Policy): RoundPlan[] {
  const first = new Map<string, Waiting>()
  for (const { groupId, party } of planned) {
    const known = groupId === null ? undefined : first.get(groupId)
    if (groupId !== null && (known === undefined || mostUrgentFirst(party, known) < 0)) first.set(groupId, party)
  }
  const headOf = ({ groupId, party }: Planned) => (groupId === null ? party : (first.get(groupId) ?? party))
  return planned
    .toSorted((one, other) =>
      KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)
      || mostUrgentFirst(headOf(one), headOf(other))
      || mostUrgentFirst(one.party, other.party))
    .map((one) => toPlan(one, policy))
}

function toPlan({ party, kind, groupId, shift, legs }: Planned, policy: Policy): RoundPlan {
  const scores = legs.map(({ room, need }) => scoreRoom({ room: room.offer, need, policy }))
  return {
    arrivalId: party.asked.need.id,
    kind,
    groupId,
    legs: legs.map(toLeg),
    shiftNights: shift,
    score: scores.reduce((sum, { score }) => sum + score, 0),
    maximum: scores.reduce((sum, { maximum }) => sum + maximum, 0),
  }
}

function toLeg({ room, need }: PlannedLeg): RoundLeg {
  return {
    arrivalId: need.id,
    roomId: room.offer.id,
    ...need.nights,
    adults: need.adults,
    childrenAges: [...need.childrenAges],
    later: joiningLater(need),
  }
}
