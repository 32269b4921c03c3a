import { addDays, daysBetween, type Day } from '../time/day'
import type { Nights } from '../time/nights'
import { shiftsOf } from './candidates'
import { sleepersAtMost } from './party'
import type { Apart } from './round-types'
import type { RoomOffer, ShelterNeed } from './types'

/** A run of nights in days since 1970, half-open. A round asks millions of pairs: comparing numbers is what it can afford. */
export interface Run {
  from: number
  until: number
}

/** A host within a round: what its rooms promise is shared by all of them. */
export interface HostFacts {
  id: string
  /** Rests between guests or counts stays in a row, so that one of its rooms has a say in what another may promise. */
  ruled: boolean
  /** Stays promised in this round, in any of its rooms. */
  promised: Run[]
}

/** A room in numbers, and what of it is left while the round goes on. */
export interface RoomFacts {
  offer: RoomOffer
  host: HostFacts
  /** Runs nobody has yet, in order. */
  free: Run[]
  /** Stays at the host when the round began. */
  stays: readonly Run[]
  /** One bit for each language. */
  languages: number
  /** One bit of `ASKS` for each thing this room cannot give. */
  lacks: number
}

/** A need in numbers, for the nights asked or after one shift. */
export interface NeedFacts {
  need: ShelterNeed
  /** Nights the stay moves, later when positive. */
  shift: number
  from: number
  until: number
  /** Persons on the fullest night. */
  sleepers: number
  languages: number
  /** One bit of `ASKS` for each thing the room must give. */
  asks: number
  /** Hosts and homes they must not meet. */
  blocked: ReadonlySet<string>
  refused: ReadonlySet<string>
}

/**
 * What most pairs fail by, as bits: a room lacks what a need asks, and one comparison says so. The rules themselves, with
 * their reasons, are in `round-rules.ts`; this only saves asking them.
 */
export const ASKS = { OPEN: 1, STEP_FREE: 2, WOMEN_ONLY: 4, MIXED_COMPANY: 8, CHILDREN: 16, ANIMALS: 32 } as const

/** True when some rule about the house fails, whatever the nights. */
export function isRuledOut(room: RoomFacts, facts: NeedFacts): boolean {
  return (room.lacks & facts.asks) !== 0
}

const EPOCH: Day = '1970-01-01'
const NOBODY: ReadonlySet<string> = new Set()
/** Bits of a number that JavaScript's `&` compares, without the sign. */
const MOST_LANGUAGES = 31

/** Days since 1970. @throws RangeError as `daysBetween`. */
export function numberOf(day: Day): number {
  return daysBetween(EPOCH, day)
}

/** The day with this number. */
export function dayOf(number: number): Day {
  return addDays(EPOCH, number)
}

/** A run of nights in numbers. */
export function runOf({ from, until }: Nights): Run {
  return { from: numberOf(from), until: numberOf(until) }
}

/** Turns language codes into bits; one of them serves a whole round. */
export function numberLanguages(): (codes: readonly string[]) => number {
  const bits = new Map<string, number>()
  return (codes) => codes.reduce((mask, code) => {
    const bit = bits.get(code) ?? bits.size
    if (bit >= MOST_LANGUAGES) throw new RangeError(`more than ${MOST_LANGUAGES} languages`)
    bits.set(code, bit)
    return mask | (1 << bit)
  }, 0)
}

export type ToBits = (codes: readonly string[]) => number

/** The rooms in numbers, in the order of their ids; rooms of one host share it. */
export function readRooms(offers: readonly RoomOffer[], toBits: ToBits): RoomFacts[] {
  const hosts = new Map<string, HostFacts>()
  return offers.toSorted(byId).map((offer) => {
    const host = hosts.get(offer.hostId) ?? { id: offer.hostId, ruled: false, promised: [] }
    host.ruled ||= offer.restNights > 0 || offer.staysInRowLimit !== null
    hosts.set(host.id, host)
    const [free, stays] = [offer.free.map(runOf), offer.hostStays.map(runOf)]
    return { offer, host, free, stays, languages: toBits(offer.languages), lacks: lacksOf(offer) }
  })
}

function isOpen(offer: RoomOffer): boolean {
  return offer.hostVetted && !offer.homeToVisit && !offer.hostPaused && offer.inService && !offer.blocked && !offer.refused
}

function lacksOf(offer: RoomOffer): number {
  return (
    (isOpen(offer) ? 0 : ASKS.OPEN)
    | (offer.stepFree ? 0 : ASKS.STEP_FREE)
    | (offer.womenOnlyHousehold ? 0 : ASKS.WOMEN_ONLY)
    | (offer.womenOnlyGuests ? ASKS.MIXED_COMPANY : 0)
    | (offer.childrenWelcome ? 0 : ASKS.CHILDREN)
    | (offer.animalsWelcome ? 0 : ASKS.ANIMALS)
  )
}

function asksOf(need: ShelterNeed): number {
  return (
    ASKS.OPEN
    | (need.stepFree ? ASKS.STEP_FREE : 0)
    | (need.womenOnly ? ASKS.WOMEN_ONLY : 0)
    | (need.allWomen ? 0 : ASKS.MIXED_COMPANY)
    | (need.childrenAges.length > 0 ? ASKS.CHILDREN : 0)
    | (need.animals ? ASKS.ANIMALS : 0)
  )
}

/** Whom each arrival must not meet, read once from the pairs of texts. */
export interface Strangers {
  blocked: ReadonlyMap<string, ReadonlySet<string>>
  refused: ReadonlyMap<string, ReadonlySet<string>>
}

/** Groups the pairs by arrival. @param arrivalIds an id may hold a colon: the known ones say where it ends. */
export function readStrangers({ blocked, refused }: Apart, arrivalIds: ReadonlySet<string>): Strangers {
  return { blocked: byArrival(blocked, arrivalIds), refused: byArrival(refused, arrivalIds) }
}

function byArrival(pairs: ReadonlySet<string>, arrivalIds: ReadonlySet<string>): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>()
  for (const pair of pairs) {
    for (let colon = pair.indexOf(':'); colon !== -1; colon = pair.indexOf(':', colon + 1)) {
      const arrivalId = pair.slice(0, colon)
      if (!arrivalIds.has(arrivalId)) continue
      const known = others.get(arrivalId) ?? new Set<string>()
      others.set(arrivalId, known.add(pair.slice(colon + 1)))
    }
  }
  return others
}

/** A need in numbers, as it stands. */
export function readNeed(need: ShelterNeed, toBits: ToBits, strangers: Strangers): NeedFacts {
  return {
    need,
    shift: 0,
    ...runOf(need.nights),
    sleepers: sleepersAtMost(need),
    languages: toBits(need.languages),
    asks: asksOf(need),
    blocked: strangers.blocked.get(need.id) ?? NOBODY,
    refused: strangers.refused.get(need.id) ?? NOBODY,
  }
}

/** The same facts for a need that was changed, with the same strangers. */
export function withNeed(facts: NeedFacts, need: ShelterNeed, shift = facts.shift): NeedFacts {
  return { ...facts, need, shift, ...runOf(need.nights), sleepers: sleepersAtMost(need), asks: asksOf(need) }
}

/** The nights asked for first, then every shift the arrival agreed to, in the order of `candidates.ts`. */
export function variantsOf(facts: NeedFacts): [NeedFacts, ...NeedFacts[]] {
  return [facts, ...shiftsOf(facts.need).map(({ need, shiftNights }) => withNeed(facts, need, shiftNights))]
}

/** Smaller ids first, as texts compare. */
export function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : Number(one.id > other.id)
}
