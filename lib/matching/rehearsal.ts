import { addDays, daysBetween, laterDay, type Day } from '../time/day'
import { covers, nightsFrom, countNights, subtractRuns, type Nights } from '../time/nights'
import type { Policy } from './policy'
import { priorityOf, type UrgencyFacts } from './priority'
import type { RoomOffer, ShelterNeed } from './types'

/** Hours from the round of a day, at noon, to its first evening. */
const HOURS_TO_EVENING = 6
const HOURS_PER_DAY = 24

/** A party that asked for a place in the days that are played again. */
export interface PastParty {
  /** As it was asked; nights as first wanted. */
  need: ShelterNeed
  askedOn: Day
  /** The day on which it looked no more and had found nothing; `null` where that day did not come. */
  gaveUpOn: Day | null
  urgency: Pick<UrgencyFacts, 'illness' | 'dangerOnReturn'>
}

/** A room as it was when the days began: `free` and `hostStays` without anything that was decided later. */
export interface PastRoom {
  /** `confirmedDaysAgo` is as of the last day. */
  offer: RoomOffer
  /** The day it was offered. */
  since: Day
}

/** One snapshot, played once under each policy. */
export interface Past {
  /** Days that are played, half-open. */
  days: Nights
  parties: readonly PastParty[]
  rooms: readonly PastRoom[]
  /** Who must not meet: `arrival:host`. */
  blocked: ReadonlySet<string>
}

/** A party's nights in one room. */
export interface DayLeg extends Nights {
  arrivalId: string
  roomId: string
  persons: number
}

/** What the match of one day is asked. */
export interface DayAsked {
  parties: readonly { need: ShelterNeed; priority: number }[]
  rooms: readonly RoomOffer[]
  blocked: ReadonlySet<string>
  policy: Policy
}

/** Finds rooms for the parties of one day; all legs of a party or none. */
export type MatchOfDay = (asked: DayAsked) => readonly DayLeg[]

/** What became of a party. `legs` is empty for one that found nothing. */
export interface PastOutcome {
  party: PastParty
  legs: readonly DayLeg[]
  /** Nights without a place from the first one wanted, or asked for, until the first in a bed, or the last day played. */
  waitedNights: number
}

interface World {
  free: Map<string, Nights[]>
  stays: Map<string, Nights[]>
  placed: Map<string, readonly DayLeg[]>
}

/**
 * Plays days again as if everybody had said yes: each noon the parties that have asked by then and still look are matched
 * with the rooms that are offered by then and still free.
 *
 * A generator, so that whoever runs it may tell how far it is and let others work between two days.
 *
 * @returns one outcome for each party, in their order. The same input gives the same outcomes.
 * @throws RangeError when the match promises a night twice, or one that is not on offer: our bug.
 */
export function* replay(past: Past, { policy, match }: { policy: Policy; match: MatchOfDay }): Generator<Day, PastOutcome[]> {
  const world: World = {
    free: new Map(past.rooms.map(({ offer }) => [offer.id, [...offer.free]])),
    stays: new Map(past.rooms.map(({ offer }) => [offer.hostId, [...offer.hostStays]])),
    placed: new Map(),
  }
  const hosts = new Map(past.rooms.map(({ offer }) => [offer.id, offer.hostId]))
  for (let day = past.days.from; day < past.days.until; day = addDays(day, 1)) {
    const legs = match({
      parties: past.parties.filter((party) => isLooking(party, day) && !world.placed.has(party.need.id))
        .map((party) => askedOn(party, { day, policy })),
      rooms: roomsOn(day, { past, policy, world }),
      blocked: past.blocked,
      policy,
    })
    take(legs, world, hosts)
    yield day
  }
  return past.parties.map((party) => outcomeOf(party, { legs: world.placed.get(party.need.id) ?? [], until: past.days.until }))
}

function isLooking({ askedOn: asked, gaveUpOn }: PastParty, day: Day): boolean {
  return asked <= day && (gaveUpOn === null || day < gaveUpOn)
}

/** What a party needs on a day: its nights, or as many from that day on, and how urgent it is by then. */
function askedOn({ need, askedOn: asked, urgency }: PastParty, { day, policy }: { day: Day; policy: Policy }) {
  const nights = need.nights.from >= day ? need.nights : nightsFrom(day, countNights(need.nights))
  const facts: UrgencyFacts = {
    ...urgency,
    nowhereTonight: nights.from <= day,
    children: need.childrenAges.length > 0,
    // what falls through is not played: everybody says yes
    brokenPlacement: false,
    waitingNights: daysBetween(asked, day),
    persons: need.adults + need.childrenAges.length,
  }
  const hoursUntilFirstEvening = HOURS_TO_EVENING + HOURS_PER_DAY * daysBetween(day, nights.from)
  return { need: { ...need, nights, hoursUntilFirstEvening }, priority: priorityOf(facts, policy).total }
}

/** The rooms as they are on a day: what is left of their runs, who stayed there by then, how fresh the offers were. */
function roomsOn(day: Day, { past: { days, rooms }, policy, world }: { past: Past; policy: Policy; world: World }): RoomOffer[] {
  const over = [{ from: days.from, until: day }]
  const daysSince = daysBetween(day, days.until) - 1
  return rooms.filter(({ since }) => since <= day).map(({ offer }) => ({
    ...offer,
    free: subtractRuns(world.free.get(offer.id) ?? [], over),
    hostStays: world.stays.get(offer.hostId) ?? [],
    rowBreakNights: policy.scales.restedNights,
    confirmedDaysAgo: Math.max(0, offer.confirmedDaysAgo - daysSince),
  }))
}

function take(legs: readonly DayLeg[], world: World, hosts: ReadonlyMap<string, string>): void {
  for (const leg of legs) {
    const { arrivalId, roomId, from, until } = leg
    const free = world.free.get(roomId) ?? []
    if (!free.some((run) => covers(run, leg))) throw new RangeError(`${roomId} is not free ${from}..${until}`)
    world.free.set(roomId, subtractRuns(free, [leg]))
    const hostId = hosts.get(roomId) ?? ''
    world.stays.set(hostId, withStay(world.stays.get(hostId) ?? [], { from, until }))
    world.placed.set(arrivalId, [...(world.placed.get(arrivalId) ?? []), leg])
  }
}

/** Several rooms of one plan are one stay of the host. */
function withStay(stays: readonly Nights[], { from, until }: Nights): Nights[] {
  if (stays.some((stay) => stay.from === from && stay.until === until)) return [...stays]
  return [...stays, { from, until }].sort((one, other) => (one.from < other.from ? -1 : 1))
}

function outcomeOf(party: PastParty, { legs, until }: { legs: readonly DayLeg[]; until: Day }): PastOutcome {
  const begins = laterDay(party.askedOn, party.need.nights.from)
  const first = legs.map(({ from }) => from).sort()[0] ?? laterDay(begins, until)
  const given = party.gaveUpOn !== null && legs.length === 0 && party.gaveUpOn < first ? laterDay(begins, party.gaveUpOn) : first
  return { party, legs, waitedNights: Math.max(0, daysBetween(begins, given)) }
}
