import { partySize } from './party'
import type { DayAsked, DayLeg } from './rehearsal'
import { scoreRoom } from './score'
import { findSeveralRooms } from './several-rooms'
import { findMismatches } from './eligibility'
import type { Policy } from './policy'
import type { RoomOffer, ShelterNeed } from './types'
import { subtractRuns } from '../time/nights'

/**
 * Matches a day as a desk without a round does: in order of urgency, each party gets the best room that is left, or the
 * fewest rooms of one home. Equal urgency goes by the arrival's id, equal score by the room's.
 */
export function matchByPriority({ parties, rooms, blocked, policy }: DayAsked): DayLeg[] {
  const left = new Map(rooms.map((room) => [room.id, room]))
  const ordered = parties.toSorted((one, other) => other.priority - one.priority || (one.need.id < other.need.id ? -1 : 1))
  return ordered.flatMap(({ need }) => {
    const open = [...left.values()].map((room) => ({ ...room, blocked: blocked.has(`${need.id}:${room.hostId}`) }))
    const legs = legsFor(open, need, policy)
    for (const leg of legs) {
      const room = left.get(leg.roomId)
      if (room) left.set(room.id, { ...room, free: subtractRuns(room.free, [leg]) })
    }
    return legs
  })
}

function legsFor(rooms: readonly RoomOffer[], need: ShelterNeed, policy: Policy): DayLeg[] {
  const [best] = rooms.filter((room) => findMismatches(room, need).length === 0)
    .map((room) => ({ room, score: scoreRoom({ room, need, policy }).score }))
    .sort((one, other) => other.score - one.score || (one.room.id < other.room.id ? -1 : 1))
  const leg = { arrivalId: need.id, ...need.nights }
  if (best) return [{ ...leg, roomId: best.room.id, persons: partySize(need) }]
  const [several] = need.adults < 2 ? [] : findSeveralRooms({ rooms, need, limit: 1 })
  return (several?.shares ?? []).map((share) => ({ ...leg, roomId: share.room.id, persons: share.adults + share.childrenAges.length }))
}
