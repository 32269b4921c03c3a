import type { EndedReason, PlacementState, Side } from '@/lib/placements/schema'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { explain } from '@/lib/matching/explain'
import { freezeReasons, type FrozenReasons } from '@/lib/matching/reasons'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import type { Nights } from '@/lib/time/nights'
import type { Making, SeedArrival, SeedHost, SeedRoom } from './builders'
import { newId } from './chance'
import { earlierOf, hourOf, latestOf, minutesAfter, todayOf } from './moment'

/** One room of a plan and who of the party sleeps there. */
export interface SeedLeg {
  id: string
  room: SeedRoom
  adults: number
  childrenAges: number[]
  reasons: FrozenReasons
}

/** When what happened; `null`: not yet, or never. */
export interface StayTimes {
  proposed: Date
  deadline: Date
  hostYes: Date | null
  guestYes: Date | null
  second: Date | null
  confirmed: Date | null
  arrived: Date | null
  ended: Date | null
}

/** A plan over rooms of one home: one party, the same nights, one life. */
export interface SeedPlan {
  id: string
  arrival: SeedArrival
  host: SeedHost
  proposedBy: string
  nights: Nights
  legs: SeedLeg[]
  state: PlacementState
  needsSecond: boolean
  times: StayTimes
  end: StayEnd | null
  /** The guest has asked to stay until this morning; the host has not answered. */
  asksUntil: string | null
}

export interface StayEnd {
  side: Side
  reason: EndedReason | 'NO_ANSWER' | 'DATES_CHANGED' | 'NEEDS_REST' | 'TOO_FAR'
  to: 'SETTLED' | 'TEMPORARY' | 'UNKNOWN' | null
}

/** States a stay reaches only after three yeses. */
export const WAS_CONFIRMED: readonly PlacementState[] = ['CONFIRMED', 'ARRIVED', 'DEPARTED', 'CANCELLED', 'NOT_ARRIVED']
const CAME_IN: readonly PlacementState[] = ['ARRIVED', 'DEPARTED']

/** A room as the matcher saw it on the day it was proposed. */
export function offerOf({ host, room }: { host: SeedHost; room: SeedRoom }, free: readonly Nights[]): RoomOffer {
  const { home } = host
  return {
    id: room.id, homeId: home.id, hostId: host.id, cityId: home.cityId, districtId: home.districtId,
    beds: room.sleeps, sharedHall: room.sharedHall, free, inService: room.inService, stepFree: home.stepFree,
    quiet: room.quiet, privateBath: room.privateBath, ownEntrance: home.ownEntrance,
    childrenWelcome: host.childrenWelcome, animalsWelcome: host.animalsWelcome,
    womenOnlyHousehold: host.womenOnlyHousehold, womenOnlyGuests: host.womenOnlyGuests, languages: host.languages,
    hostVetted: host.state === 'VETTED', homeToVisit: false, hostPaused: false, noticeHours: home.noticeHours,
    shortestStayNights: host.shortestNights, longestStayNights: host.longestNights, restNights: host.restNights,
    hostStays: [], staysInRowLimit: null, rowBreakNights: 7, confirmedDaysAgo: 1, answerRate: null, blocked: false, refused: false,
  }
}

/** An arrival as the matcher saw it, at noon of the first day. */
export function needOf(arrival: SeedArrival, nights: Nights = arrival.nights): ShelterNeed {
  const { id, cityId, districtId, flexibleNights, adults, childrenAges, animals, stepFree, womenOnly, languages, growth } = arrival
  return {
    id, cityIds: [cityId], districtId, nights, flexibleNights, adults, childrenAges, animals, stepFree, womenOnly, languages,
    allWomen: arrival.allWomen || arrival.womanAlone, quietWished: arrival.quietWished, privateBathWished: false,
    ownEntranceWished: false, growth, hoursUntilFirstEvening: 6,
  }
}

interface Party {
  room: SeedRoom
  adults: number
  childrenAges: number[]
}

function legOf({ chance, moment }: Making, { host, arrival, nights, party }: PlanWanted & { party: Party }): SeedLeg {
  const { room, adults, childrenAges } = party
  const need = { ...needOf(arrival, nights), adults, childrenAges }
  const explanation = explain(offerOf({ host, room }, room.openings), need, DEFAULT_POLICY)
  return { id: newId(chance, moment.now), ...party, reasons: freezeReasons({ explanation, policy: DEFAULT_POLICY }) }
}

function startOf({ chance, moment }: Making, { state, nights, host, waits = 0 }: PlanWanted): Date {
  if (state === 'PROPOSED') return minutesAfter(moment.now, -chance.int(20, 90))
  if (state === 'DECLINED' || state === 'LAPSED') return minutesAfter(moment.now, -60 * chance.int(12, 30))
  const past = nights.from < todayOf(moment, host.home.cityId)
  const noon = past ? hourOf(nights.from, 7) : minutesAfter(moment.now, -60 * 5)
  return minutesAfter(earlierOf(noon, minutesAfter(moment.now, -60 * 5)), -waits - chance.int(0, 60))
}

/** A live proposal keeps its clock running for hours; one that is over had the clock of its city. */
function deadlineOf({ chance, moment }: Making, { state, nights, host }: PlanWanted, proposed: Date): Date {
  if (state !== 'PROPOSED') return minutesAfter(proposed, 240)
  const tonight = nights.from <= todayOf(moment, host.home.cityId)
  return minutesAfter(moment.now, 60 * (tonight ? chance.int(3, 6) : chance.int(9, 20)))
}

function endOf({ moment }: Making, { state, nights }: PlanWanted, { confirmed, deadline, proposed }: Pick<StayTimes, 'confirmed' | 'deadline' | 'proposed'>) {
  const latest = minutesAfter(moment.now, -10)
  switch (state) {
    case 'PROPOSED': case 'CONFIRMED': case 'ARRIVED': return null
    case 'DECLINED': return minutesAfter(proposed, 45)
    case 'LAPSED': return deadline
    case 'CANCELLED': return minutesAfter(confirmed ?? proposed, 120)
    case 'NOT_ARRIVED': return earlierOf(hourOf(nights.from, 20), latest)
    case 'DEPARTED': return earlierOf(hourOf(nights.until, 6), latest)
  }
}

function yesesOf({ chance }: Making, { state, said = [] }: PlanWanted, proposed: Date) {
  const confirmed = WAS_CONFIRMED.includes(state)
  return {
    hostYes: confirmed || said.includes('HOST') ? minutesAfter(proposed, chance.int(6, 15)) : null,
    guestYes: confirmed || said.includes('GUEST') ? minutesAfter(proposed, chance.int(2, 12)) : null,
  }
}

function timesOf(making: Making, wanted: PlanWanted): StayTimes {
  const { chance } = making
  const proposed = startOf(making, wanted)
  const deadline = deadlineOf(making, wanted, proposed)
  const { hostYes, guestYes } = yesesOf(making, wanted, proposed)
  const both = latestOf([hostYes, guestYes])
  const confirms = both !== null && WAS_CONFIRMED.includes(wanted.state)
  const second = confirms ? minutesAfter(both, chance.int(3, 20)) : null
  const arrived = second !== null && CAME_IN.includes(wanted.state) ? minutesAfter(second, chance.int(40, 140)) : null
  const ended = endOf(making, wanted, { confirmed: second, deadline, proposed })
  return { proposed, deadline, hostYes, guestYes, second, confirmed: second, arrived, ended }
}

export interface PlanWanted {
  arrival: SeedArrival
  host: SeedHost
  nights: Nights
  state: PlacementState
  proposedBy: string
  /** One room for the whole party, or several with their shares of it. */
  rooms: readonly Party[]
  end?: StayEnd
  /** Who has said yes to what is still open. */
  said?: readonly Side[]
  asksUntil?: string
  /** Minutes it was proposed earlier than the first day asks for. */
  waits?: number
}

/** Tells a stay from its proposal to its end, in times that fit each other. `needsSecond` is decided in `order.ts`. */
export function buildPlan(making: Making, wanted: PlanWanted): SeedPlan {
  const { chance, moment } = making
  const { arrival, host, nights, state, proposedBy, rooms, end = null, asksUntil = null } = wanted
  return {
    id: newId(chance, moment.now), arrival, host, proposedBy, nights, state, end, asksUntil, needsSecond: false,
    legs: rooms.map((party) => legOf(making, { ...wanted, party })), times: timesOf(making, wanted),
  }
}
