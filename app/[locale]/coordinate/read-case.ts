import type { WhyNotAnswer } from '@/components/placements/why-not'
import { noteLook } from '@/lib/arrivals/commands/look'
import { arrivalCase, type ArrivalCase } from '@/lib/arrivals/queries/case'
import type { CoordinatorScope } from '@/lib/auth/session'
import { explain } from '@/lib/matching/explain'
import type { PriceBook } from '@/lib/matching/shadow'
import { countRooms, listCityRooms, type CityRoom, type RoomCounts } from '@/lib/placements/queries/city-rooms'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { findMatches, type Matches } from '@/lib/placements/queries/match'
import { listPlans, type PlanCard } from '@/lib/placements/queries/plans'
import { readReadyPlace, type ReadyPlace } from '@/lib/rounds/queries/live'
import { readPriceBook } from '@/lib/rounds/queries/prices'
import { idText } from '@/lib/text/schema'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'

/** What an address asks of a case beside the case itself. */
export interface CaseAsked {
  /** A room to be explained; anything else is nothing. */
  room: string
  /** Part of a district's, home's or room's name. */
  find: string
}

/** Rooms for an arrival that still looks for one, or would if the answer to what is proposed were no. */
export interface CaseRooms {
  matches: Matches
  counts: RoomCounts
  choosable: CityRoom[]
  answer: WhyNotAnswer | null
  /** What rooms cost everybody else, where a round over the whole town was played lately. */
  prices: PriceBook | null
  /** The place that stands ready, as it was worked out a moment ago: shown only while it is among the matches. */
  ready: ReadyPlace | null
}

/** A case as its page shows it; `rooms` only while nights are needed that are not agreed yet. */
export interface CaseRead {
  arrival: ArrivalCase
  plans: PlanCard[]
  rooms: CaseRooms | null
}

/**
 * Reads a case: who, what is proposed, and which rooms fit. That rooms were looked for is kept for the guest to see.
 *
 * @throws AppError NOT_FOUND for an arrival outside the reader's cities.
 */
export async function readCase(scope: CoordinatorScope, arrivalId: string, asked: CaseAsked): Promise<CaseRead> {
  const [arrival, plans] = await Promise.all([arrivalCase(scope, arrivalId), listPlans(scope, arrivalId)])
  const looking = arrival.state === 'OPEN' || arrival.state === 'OFFERED' || arrival.onward !== null
  if (!looking) return { arrival, plans, rooms: null }
  const [rooms] = await Promise.all([readRoomsFor(scope, arrival, asked), noteLook(scope, arrival)])
  return { arrival, plans, rooms }
}

async function readRoomsFor(scope: CoordinatorScope, arrival: ArrivalCase, { room, find }: CaseAsked): Promise<CaseRooms> {
  const { need, policy } = arrival
  const today = dayInZone(now(), arrival.timeZone)
  const facts = { need, today, restedNights: policy.scales.restedNights }
  const ready = await readReadyPlace(scope, arrival.id)
  const asked = idText.safeParse(room).success ? [room] : []
  // the place that stands ready is put to the rules like a room that is asked about: it may have been taken since
  const named = await readRooms(scope, [...new Set([...asked, ...(ready ? [ready.roomId] : [])])], facts)
  const [matches, counts, choosable, prices] = await Promise.all([
    findMatches(scope, { need, today, policy, named }), countRooms(scope, facts), listCityRooms(scope, find), readPriceBook(scope, need),
  ])
  const offer = named.rooms.find(({ id }) => id === room)
  const best = matches.candidates[0]?.explanation ?? null
  const answer = offer ? { room: offer, label: named.labels.get(offer.id), explanation: explain(offer, need, policy), best } : null
  return { matches, counts, choosable, answer, prices, ready }
}
