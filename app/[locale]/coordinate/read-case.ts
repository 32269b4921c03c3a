import type { WhyNotAnswer } from '@/components/placements/why-not'
import { arrivalCase, type ArrivalCase } from '@/lib/arrivals/queries/case'
import type { CoordinatorScope } from '@/lib/auth/session'
import { explain } from '@/lib/matching/explain'
import { sleepersAtMost } from '@/lib/matching/party'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { countOtherRooms, listCityRooms, type CityRoom } from '@/lib/placements/queries/city-rooms'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { findMatches, type Matches } from '@/lib/placements/queries/match'
import { listPlans, type PlanCard } from '@/lib/placements/queries/plans'
import { idText } from '@/lib/text/schema'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'

const policy = DEFAULT_POLICY

/** What an address asks of a case beside the case itself. */
export interface CaseAsked {
  /** A room to be explained; anything else is nothing. */
  room: string
  /** Part of a district's, home's or room's name. */
  find: string
}

/** Rooms for an arrival that still looks for one. */
export interface CaseRooms {
  matches: Matches
  others: { tooFewBeds: number; notFree: number }
  choosable: CityRoom[]
  answer: WhyNotAnswer | null
}

/** A case as its page shows it; `rooms` only while the arrival looks for a place. */
export interface CaseRead {
  arrival: ArrivalCase
  plans: PlanCard[]
  rooms: CaseRooms | null
}

/**
 * Reads a case: who, what is proposed, and which rooms fit.
 *
 * @throws AppError NOT_FOUND for an arrival outside the reader's cities.
 */
export async function readCase(scope: CoordinatorScope, arrivalId: string, asked: CaseAsked): Promise<CaseRead> {
  const [arrival, plans] = await Promise.all([arrivalCase(scope, arrivalId), listPlans(scope, arrivalId)])
  return { arrival, plans, rooms: arrival.state === 'OPEN' ? await readRoomsFor(scope, arrival, asked) : null }
}

async function readRoomsFor(scope: CoordinatorScope, arrival: ArrivalCase, { room, find }: CaseAsked): Promise<CaseRooms> {
  const { need } = arrival
  const cityIds = need.cityIds.filter((id) => scope.cityIds.includes(id))
  const today = dayInZone(now(), arrival.timeZone)
  const [matches, others, choosable, known] = await Promise.all([
    findMatches({ need, cityIds, today, policy }),
    countOtherRooms({ cityIds, need, sleepers: sleepersAtMost(need) }),
    listCityRooms({ cityIds: scope.cityIds, find }),
    readRooms(idText.safeParse(room).success ? [room] : [], { need, today, restedNights: policy.scales.restedNights }),
  ])
  const [offer] = known.rooms.filter(({ cityId }) => scope.cityIds.includes(cityId))
  const best = matches.candidates[0]?.explanation ?? null
  const answer = offer ? { room: offer, label: known.labels.get(offer.id), explanation: explain(offer, need, policy), best } : null
  return { matches, others, choosable, answer }
}
