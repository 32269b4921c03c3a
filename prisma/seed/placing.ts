import type { PlacementState } from '@/lib/placements/schema'
import type { Making, SeedArrival } from './builders'
import { todayOf } from './moment'
import { AIGUL, coordinatorOf } from './people'
import { findPlace, takeNights, type BookedRoom, type RoomBook } from './room-book'
import { buildPlan, needOf, type PlanWanted, type SeedPlan } from './stays'

/** What became of an arrival: itself with its state, and its plans, oldest first. */
export interface Fate {
  arrival: SeedArrival
  plans: SeedPlan[]
}

/** What telling a stay needs: dice, the book of rooms, and how many rooms to look at. */
export interface Telling {
  making: Making
  book: RoomBook
  look: number
}

/** Who proposed it: the one who sees every city, or the one of this city. */
function proposerOf({ chance }: Making, cityId: string): string {
  return chance.is(0.5) ? AIGUL.id : coordinatorOf(cityId).id
}

/** A whole party in one room, wherever the matcher finds one, with the nights written into the book when it takes them. */
export function placeIn(telling: Telling, wanted: Pick<PlanWanted, 'arrival' | 'nights' | 'state'> & Partial<PlanWanted>): SeedPlan | null {
  const { making, book, look } = telling
  const { arrival, nights, state } = wanted
  const asking = state === 'PROPOSED' || state === 'CONFIRMED'
  const today = todayOf(making.moment, arrival.cityId)
  const booked = findPlace(book, { need: needOf(arrival, nights), today, chance: making.chance, look, asking })
  return booked && planIn(making, booked, wanted)
}

const TAKES_NIGHTS: readonly PlacementState[] = ['PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED']

function planIn(making: Making, booked: BookedRoom, wanted: Pick<PlanWanted, 'arrival' | 'nights' | 'state'> & Partial<PlanWanted>): SeedPlan {
  const { arrival, nights, state } = wanted
  if (TAKES_NIGHTS.includes(state)) takeNights(booked, nights)
  const { adults, childrenAges } = arrival
  return buildPlan(making, {
    host: booked.host, proposedBy: proposerOf(making, arrival.cityId), rooms: [{ room: booked.room, adults, childrenAges }], ...wanted,
  })
}

