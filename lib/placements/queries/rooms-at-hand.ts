import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { policiesInForce } from '@/lib/db/policies'
import { rankCandidates } from '@/lib/matching/candidates'
import type { Policy } from '@/lib/matching/policy'
import type { ShelterNeed } from '@/lib/matching/types'
import type { Day } from '@/lib/time/day'
import { POOLS, readNearRooms } from './free-rooms'
import type { HomeKind } from './room-facts'

/** A room that fits a party, in a few words. */
export interface RoomAtHand {
  kind: HomeKind
  cityId: string
  districtId: string | null
  score: number
}

/** Parties a list gets a suggestion for: the most urgent ones. */
const SUGGESTED = 20
/** Read at a time, so that a list does not take every connection. */
const AT_ONCE = 4

/**
 * A room for each of the first parties of a list, by arrival: the best of those nearest in size, none where only the
 * wider search of the case finds one. A suggestion: nothing is held, and the case looks again.
 */
export async function readRoomsAtHand(
  scope: CoordinatorScope, asked: readonly { need: ShelterNeed; today: Day }[],
): Promise<ReadonlyMap<string, RoomAtHand>> {
  const found = new Map<string, RoomAtHand>()
  const suggested = asked.slice(0, SUGGESTED)
  const policyOf = await policiesInForce([...new Set(suggested.flatMap(({ need }) => need.cityIds.slice(0, 1)))])
  for (let begun = 0; begun < suggested.length; begun += AT_ONCE) {
    const some = suggested.slice(begun, begun + AT_ONCE)
    const rooms = await Promise.all(some.map((one) => roomAtHand(scope, { ...one, policy: policyOf(one.need.cityIds[0]) })))
    some.forEach(({ need }, index) => {
      const best = rooms[index]
      if (best) found.set(need.id, best)
    })
  }
  return found
}

interface Asked { need: ShelterNeed; today: Day; policy: Policy }

async function roomAtHand(scope: CoordinatorScope, { need, today, policy }: Asked): Promise<RoomAtHand | null> {
  const { rooms, labels } = await readNearRooms(scope, { need, today, restedNights: policy.scales.restedNights }, POOLS.ROW)
  const [best] = rankCandidates({ rooms, need, policy, limit: 1 }).candidates
  const label = best && labels.get(best.room.id)
  return label ? { kind: label.kind, cityId: best.room.cityId, districtId: best.room.districtId, score: best.score } : null
}
