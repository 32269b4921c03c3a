import 'server-only'
import { rankCandidates, type Candidates } from '@/lib/matching/candidates'
import { partySize } from '@/lib/matching/party'
import type { Policy } from '@/lib/matching/policy'
import { findSeveralRooms, type SeveralRooms } from '@/lib/matching/several-rooms'
import type { ShelterNeed } from '@/lib/matching/types'
import type { Day } from '@/lib/time/day'
import { readFreeRooms, readRoomsOfBigHomes } from './free-rooms'
import type { RoomLabel } from './room-facts'

const SEVERAL_SHOWN = 3

/** What is asked: the arrival's need, and those of its cities the reader may see. */
export interface MatchWanted {
  need: ShelterNeed
  cityIds: readonly string[]
  today: Day
  policy: Policy
}

/** Rooms for one arrival, best first, with reasons; plans over several rooms of one home where no room is enough. */
export interface Matches extends Candidates {
  several: SeveralRooms[]
  labels: ReadonlyMap<string, RoomLabel>
}

/**
 * Finds candidates for one arrival: one bounded query, then rules, score and reasons in memory.
 *
 * Where nothing fits, a second query looks through every free run of the cities, so that "nothing" is true; a third
 * follows for a party of two or more that no single room holds.
 */
export async function findMatches({ need, cityIds, today, policy }: MatchWanted): Promise<Matches> {
  const wanted = { need, cityIds, today, restedNights: policy.scales.restedNights }
  const near = await readFreeRooms(wanted, 'NEAR')
  const first = rankCandidates({ rooms: near.rooms, need, policy })
  const { rooms, labels } = first.fitting > 0 ? near : await readFreeRooms(wanted, 'WIDE')
  const ranked = first.fitting > 0 ? first : rankCandidates({ rooms, need, policy })
  if (ranked.fitting > 0 || partySize(need) < 2 || cityIds.length === 0) return { ...ranked, labels, several: [] }
  const big = await readRoomsOfBigHomes(wanted)
  return {
    ...ranked,
    several: findSeveralRooms({ rooms: big.rooms, need, limit: SEVERAL_SHOWN }),
    labels: new Map([...labels, ...big.labels]),
  }
}
