import { nightsFrom, type Nights } from '../time/nights'
import { certify } from './optimum/certificate'
import { buildEdges } from './optimum/edges'
import { solveOptimum } from './optimum/solver'
import type { Policy } from './policy'
import { groupBy } from './room-choice'
import { dayOf, readRooms, readStrangers, type ToBits } from './round-facts'
import { mostUrgentFirst, openMarket, readWaiting, type Waiting } from './round-market'
import { bestOption, fitOf, inRank, listSlots, scaleFor, type Option, type Slot } from './round-slots'
import type { Apart, RoundInput, RoundNeed } from './round-types'
import type { RoomOffer } from './types'

/** Pairs of a party and a slot kept at most; beyond it the least urgent are left out, and nothing is said to be best for all. */
export const MOST_PAIRS = 20_000_000

/** A slot a party could have, and the best of it. */
interface Choice {
  slot: Slot
  option: Option
}

/** A party with every slot it could have; kept, because who could have what changes little from one arrival to the next. */
interface Row {
  party: Waiting
  choices: readonly Choice[]
}

/**
 * The optimum of a city as it stands: everybody who waits for a room of their own, everything that is free, and who would
 * get what. A value: each change gives a new one.
 */
export interface Live {
  policy: Policy
  toBits: ToBits
  rows: ReadonlyMap<string, Row>
  /** By host: what is free of its rooms. */
  slots: ReadonlyMap<string, readonly Slot[]>
  /** The optimum, by arrival. */
  places: ReadonlyMap<string, Option>
  /** Everybody was weighed against everything, and the certificate holds. */
  isWhole: boolean
}

/** `BEST_FOR_ALL`: part of an optimum of the whole city. `BEST_ALONE`: the best for this party, whatever it costs others. */
export type LiveMark = 'BEST_FOR_ALL' | 'BEST_ALONE'

/** A place for one party. Promises nothing. */
export interface LivePlace {
  arrivalId: string
  roomId: string
  nights: Nights
  shiftNights: number
  score: number
  mark: LiveMark
}

type Facts = Omit<Live, 'places' | 'isWhole'>

/** Reads a city once: the slow part. Members of groups wait for a round. @throws RangeError as `openMarket`. */
export function openLive(input: Pick<RoundInput, 'needs' | 'rooms' | 'apart' | 'policy'>): Live {
  const { rooms, waiting, policy, toBits } = openMarket({ ...input, needs: input.needs.filter(({ groupId }) => groupId === null) })
  const slots = new Map(groupBy(rooms, ({ host }) => host.id).map(([hostId, ofHost]) => [hostId, listSlots(ofHost).list]))
  const all = [...slots.values()].flat()
  const rows = new Map(waiting.map((party) => [party.asked.need.id, { party, choices: choicesOf(party, all, policy) }]))
  return solve({ policy, toBits, rows, slots })
}

/** Everything that happened in a city since it was read. Who and what is not named stays as it was. */
export interface LiveChanges {
  /** Who came, or whose wishes changed. */
  arrivals: readonly RoundNeed[]
  /** Whom these must not meet. */
  apart: Apart
  /** Who found a place or gave up; an id nobody has is no error. */
  gone: readonly string[]
  /** Hosts at whom something changed, with all their rooms as they are now. */
  hosts: readonly HostOffers[]
}

/** All rooms of one host. */
export interface HostOffers {
  hostId: string
  offers: readonly RoomOffer[]
}

const NO_CHANGES: LiveChanges = { arrivals: [], apart: { blocked: new Set(), refused: new Set() }, gone: [], hosts: [] }

/**
 * The city after all this happened: what did not change is not asked again, and the optimum is found and proved once.
 *
 * @throws RangeError when a room stands under another host than its own.
 */
export function withChanges(live: Live, { arrivals, apart, gone, hosts }: LiveChanges): Live {
  const changed = new Map(hosts.map((host) => [host.hostId, slotsOf(host, live.toBits)]))
  const slots = new Map([...live.slots, ...changed])
  const fresh = [...changed.values()].flat()
  const leaving = new Set([...gone, ...arrivals.map(({ need }) => need.id)])
  const staying = [...live.rows].filter(([id]) => !leaving.has(id)).map(([id, row]): [string, Row] => {
    const others = row.choices.filter(({ option }) => !changed.has(option.room.host.id))
    return [id, { ...row, choices: [...others, ...choicesOf(row.party, fresh, live.policy)] }]
  })
  const all = [...slots.values()].flat()
  const strangers = readStrangers(apart, new Set(arrivals.map(({ need }) => need.id)))
  const coming = arrivals.filter(({ groupId }) => groupId === null).map((asked): [string, Row] => {
    const party = readWaiting(asked, live.toBits, strangers)
    return [asked.need.id, { party, choices: choicesOf(party, all, live.policy) }]
  })
  return solve({ ...live, slots, rows: new Map([...staying, ...coming]) })
}

/** The city after one party came, or its wishes changed. @param apart whom it must not meet. */
export function withArrival(live: Live, { asked, apart }: { asked: RoundNeed; apart: Apart }): Live {
  return withChanges(live, { ...NO_CHANGES, arrivals: [asked], apart })
}

/** The city after one party found a place or gave up. */
export function withoutArrival(live: Live, arrivalId: string): Live {
  return withChanges(live, { ...NO_CHANGES, gone: [arrivalId] })
}

/** The city after something changed at one host: a room freed, taken, new or withdrawn. @throws RangeError as `withChanges`. */
export function withRooms(live: Live, host: HostOffers): Live {
  return withChanges(live, { ...NO_CHANGES, hosts: [host] })
}

/**
 * The place of a party: its part of the optimum, or else the best for it alone, which others need more or which could
 * not be weighed against everybody.
 *
 * @returns `null` when no free room fits.
 */
export function bestPlace(live: Live, arrivalId: string): LivePlace | null {
  const row = live.rows.get(arrivalId)
  const forAll = live.isWhole ? live.places.get(arrivalId) : undefined
  if (forAll) return toPlace(arrivalId, forAll, 'BEST_FOR_ALL')
  const alone = row && bestAlone(row)
  return alone ? toPlace(arrivalId, alone, 'BEST_ALONE') : null
}

/** Who would get a room, or parts of its nights, in the optimum; the most urgent first, nobody where nobody should. */
export function bestGuests(live: Live, roomId: string): LivePlace[] {
  return [...live.places]
    .filter(([, { room }]) => room.offer.id === roomId)
    .map(([id, option]) => toPlace(id, option, live.isWhole ? 'BEST_FOR_ALL' : 'BEST_ALONE'))
}

function slotsOf({ hostId, offers }: HostOffers, toBits: ToBits): readonly Slot[] {
  if (offers.some((offer) => offer.hostId !== hostId)) throw new RangeError(`rooms of another host than ${hostId}`)
  return listSlots(readRooms(offers, toBits)).list
}

function choicesOf(party: Waiting, slots: readonly Slot[], policy: Policy): Choice[] {
  return slots.flatMap((slot) => {
    const option = bestOption(slot, party, policy)
    return option ? [{ slot, option }] : []
  })
}

/** The optimum from the rows as they are kept, proved again each time. */
function solve(facts: Facts): Live {
  const slots = [...facts.slots].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, ofHost]) => ofHost)
  const numbers = new Map(slots.map((slot, number) => [slot, number]))
  const all = [...facts.rows.values()].sort((one, other) => mostUrgentFirst(one.party, other.party))
  const rows = all.slice(0, Math.floor(MOST_PAIRS / Math.max(1, slots.length)))
  const scale = scaleFor(rows.map(({ party }) => party), facts.policy)
  const edges = buildEdges({
    arrivals: rows.length,
    rooms: slots.length,
    weights: Float64Array.from(rows, ({ party }) => party.weight),
    listRooms: (arrival, add) => rows[arrival]?.choices.forEach(({ slot, option }) => add(numbers.get(slot) ?? -1, fitOf(option, scale))),
  })
  const optimum = solveOptimum(edges)
  const { gap } = certify(edges, optimum)
  if (gap > 0) throw new RangeError(`an optimum without proof: gap ${gap}`)
  const places = rows.flatMap(({ party, choices }, index): [string, Option][] => {
    const slot = slots[optimum.roomOf[index] ?? -1]
    const choice = slot && choices.find((one) => one.slot === slot)
    return choice ? [[party.asked.need.id, choice.option]] : []
  })
  return { ...facts, places: new Map(places), isWhole: rows.length === all.length }
}

/** The smallest shift, then most points, then the smaller id. */
function bestAlone({ choices }: Row): Option | null {
  return choices.reduce<Option | null>((best, { option }) => (best === null || inRank(option, best) < 0 ? option : best), null)
}

function toPlace(arrivalId: string, { room, facts, points }: Option, mark: LiveMark): LivePlace {
  const nights = nightsFrom(dayOf(facts.from), facts.until - facts.from)
  return { arrivalId, roomId: room.offer.id, nights, shiftNights: facts.shift, score: points, mark }
}
