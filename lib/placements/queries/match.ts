import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { rankCandidates, shiftsOf, type Candidates } from '@/lib/matching/candidates'
import type { Policy } from '@/lib/matching/policy'
import { findSeveralRooms, type SeveralRooms } from '@/lib/matching/several-rooms'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import type { Day } from '@/lib/time/day'
import { citiesFor, POOLS, readFittingRooms, readNearRooms, readRoomsOfBigHomes } from './free-rooms'
import type { Offers, RoomLabel } from './room-facts'

const SEVERAL_SHOWN = 3

/** What is asked for an arrival. */
export interface MatchWanted {
  need: ShelterNeed
  today: Day
  policy: Policy
  /** Rooms that were asked about by name: ranked with the others, so that they are compared with the best there is. */
  named?: Offers
}

/** Rooms for one arrival, best first, with reasons; plans over several rooms of one home where no room is enough. */
export interface Matches extends Candidates {
  several: SeveralRooms[]
  labels: ReadonlyMap<string, RoomLabel>
}

/**
 * Finds candidates for one arrival in those of its cities that a coordinator may see: one bounded query, then rules,
 * score and reasons in memory.
 *
 * Where nothing fits, a second query puts every rule to every free run of the cities, so that "nothing" is true; a
 * third follows for a party of several adults that no single room holds.
 */
export async function findMatches(scope: CoordinatorScope, { need, today, policy, named }: MatchWanted): Promise<Matches> {
  const facts = { need, today, restedNights: policy.scales.restedNights }
  const near = joined(await readNearRooms(scope, facts, POOLS.CASE), named, citiesFor(scope, need))
  const first = { ...rankCandidates({ rooms: near.rooms, need, policy }), labels: near.labels, several: [] }
  if (first.fitting > 0) return first
  const wide = await readFittingRooms(scope, facts, [need, ...shiftsOf(need).map((shifted) => shifted.need)])
  const ranked = { ...rankCandidates({ rooms: wide.rooms, need, policy }), labels: wide.labels, several: [] }
  if (ranked.fitting > 0 || need.adults < 2) return ranked
  const big = await readRoomsOfBigHomes(scope, facts)
  const several = findSeveralRooms({ rooms: big.rooms, need, limit: SEVERAL_SHOWN })
  return { ...ranked, several, labels: new Map([...wide.labels, ...big.labels]) }
}

/** Both lists of rooms, each room once; of the named ones those of these cities. */
function joined(near: Offers, named: Offers | undefined, cityIds: readonly string[]): Offers {
  if (named === undefined) return near
  const known = new Set(near.rooms.map(({ id }) => id))
  const added = named.rooms.filter(({ id, cityId }: RoomOffer) => !known.has(id) && cityIds.includes(cityId))
  return { rooms: [...near.rooms, ...added], labels: new Map([...near.labels, ...named.labels]) }
}
