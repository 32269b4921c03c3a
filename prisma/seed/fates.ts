import { DESTINATIONS, type PlacementState } from '@/lib/placements/schema'
import { addDays, daysBetween } from '@/lib/time/day'
import { countNights, nightsFrom, type Nights } from '@/lib/time/nights'
import type { Making, SeedArrival } from './builders'
import { minutesAfter, earlierOf, todayOf } from './moment'
import { AIGUL, coordinatorOf } from './people'
import { findPlace, takeNights, type BookedRoom, type RoomBook } from './room-book'
import { buildPlan, needOf, type PlanWanted, type SeedPlan, type StayEnd } from './stays'

/** What became of an arrival: itself with its state, and its plans, oldest first. */
export interface Fate {
  arrival: SeedArrival
  plans: SeedPlan[]
}

interface Telling {
  making: Making
  book: RoomBook
  look: number
}

/** Share of those who came so many days ago and still wait, whatever is free: today most, later few. */
const STILL_WAITING = [0.35, 0.25, 0.15, 0.08] as const
const WITHDRAWN = 0.05
/** What went wrong before somebody waited again, in turn. */
const TROUBLES = ['DECLINED', 'LAPSED', 'CANCELLED', 'NOT_ARRIVED'] as const
const EACH_TROUBLED = 3

const ENDS: Readonly<Record<(typeof TROUBLES)[number], StayEnd>> = {
  DECLINED: { side: 'HOST', reason: 'DATES_CHANGED', to: null },
  LAPSED: { side: 'HOST', reason: 'NO_ANSWER', to: null },
  CANCELLED: { side: 'HOST', reason: 'HOST_ENDED_EARLY', to: 'TEMPORARY' },
  NOT_ARRIVED: { side: 'COORDINATOR', reason: 'NO_SHOW', to: 'UNKNOWN' },
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

function liveState({ chance }: Making, days: number): PlacementState {
  if (days < 0) return 'ARRIVED'
  if (days === 0) return chance.weigh([['PROPOSED', 50], ['CONFIRMED', 30], ['ARRIVED', 20]])
  return chance.weigh([['PROPOSED', 70], ['CONFIRMED', 30]])
}

function tellOver(telling: Telling, arrival: SeedArrival, nights: Nights): Fate | null {
  const { chance } = telling.making
  const end: StayEnd = {
    side: 'GUEST', reason: chance.weigh([['PLANNED', 50], ['LEFT_THE_COUNTRY', 25], ['OWN_RENT', 25]]),
    to: chance.pick(DESTINATIONS.slice(0, 2) as ('SETTLED' | 'TEMPORARY')[]),
  }
  const plan = placeIn(telling, { arrival, nights, state: 'DEPARTED', end })
  return plan && { arrival: { ...arrival, state: 'CLOSED', closedAt: plan.times.ended }, plans: [plan] }
}

function tellLive(telling: Telling, arrival: SeedArrival, nights: Nights): Fate | null {
  const { making } = telling
  const state = liveState(making, daysBetween(todayOf(making.moment, arrival.cityId), nights.from))
  const said = state === 'PROPOSED' ? making.chance.pick([['HOST'], ['GUEST'], []] as const) : []
  const plan = placeIn(telling, { arrival, nights, state, said })
  return plan && { arrival: { ...arrival, state: state === 'PROPOSED' ? 'OFFERED' : 'PLACED' }, plans: [plan] }
}

function tellWithdrawn({ making }: Telling, arrival: SeedArrival): Fate {
  const closedAt = earlierOf(minutesAfter(arrival.createdAt, making.chance.int(60, 900)), minutesAfter(making.moment.now, -12))
  const erased = making.chance.is(0.5)
  return { arrival: { ...arrival, state: 'WITHDRAWN', closedAt, erased }, plans: [] }
}

/** Every third who waits has been disappointed once: by a no, by silence, by a host who had to stop; or did not come. */
function tellWaiting(telling: Telling, arrival: SeedArrival, index: number): Fate {
  const calm = { arrival, plans: [] }
  if (index % EACH_TROUBLED !== 0) return calm
  const trouble = TROUBLES[(index / EACH_TROUBLED) % TROUBLES.length] ?? 'DECLINED'
  const yesterday = addDays(todayOf(telling.making.moment, arrival.cityId), -1)
  const nights = nightsFrom(yesterday, countNights(arrival.nights))
  const plan = placeIn(telling, { arrival, nights, state: trouble, end: ENDS[trouble] })
  if (plan === null) return calm
  const asked = { ...arrival, nights }
  if (trouble === 'NOT_ARRIVED') return { arrival: { ...asked, state: 'CLOSED', closedAt: plan.times.ended }, plans: [plan] }
  return { arrival: { ...asked, brokenPlacement: trouble === 'CANCELLED' }, plans: [plan] }
}

function tellOne(telling: Telling, arrival: SeedArrival): Fate | null {
  const { chance, moment } = telling.making
  const today = todayOf(moment, arrival.cityId)
  const waited = Math.max(0, daysBetween(arrival.nights.from, today))
  if (chance.is(WITHDRAWN)) return tellWithdrawn(telling, arrival)
  if (chance.is(STILL_WAITING[waited] ?? 0.05)) return null
  return arrival.nights.until <= today ? tellOver(telling, arrival, arrival.nights) : tellLive(telling, arrival, arrival.nights)
}

/** Tells what became of each, in the order they came. Who finds no room waits. */
export function tellFates(telling: Telling, arrivals: readonly SeedArrival[]): Fate[] {
  let waiting = 0
  return arrivals.map((arrival) => tellOne(telling, arrival) ?? tellWaiting(telling, arrival, waiting++))
}
