import { nightsFrom, type Nights } from '../time/nights'
import { bestAlone, choicesOf, joinChoices } from './live-choices'
import { playPasses, type PassFacts, type Row } from './live-passes'
import { groupBy } from './room-choice'
import { byId, dayOf, readRooms, readStrangers, type RoomFacts, type ToBits } from './round-facts'
import { openMarket, readWaiting } from './round-market'
import { listSlots, type Option, type Slot } from './round-slots'
import type { Apart, RoundInput, RoundNeed } from './round-types'
import type { RoomOffer } from './types'

/** The rooms of a host, and what is free of them. */
interface HostRooms {
  rooms: readonly RoomFacts[]
  slots: readonly Slot[]
}

/**
 * The optimum of a city as it stands: everybody who waits for a room of their own, everything that is free, and who would
 * get what, pass by pass as in a round. A value: each change gives a new one.
 */
export interface Live extends PassFacts {
  toBits: ToBits
  hosts: ReadonlyMap<string, HostRooms>
  /** Who would get what, the most urgent first, by arrival. */
  places: ReadonlyMap<string, Option>
  /** Everybody was weighed against everything, and the certificates hold. */
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
  const hosts = new Map(groupBy(rooms, ({ host }) => host.id).map(([hostId, ofHost]) => [hostId, openHost(ofHost)]))
  const offered = inOrder(hosts)
  const { slots } = offered
  const rows = new Map(waiting.map((party) => [party.asked.need.id, { party, choices: choicesOf(party, { slots, numbers: slots.keys() }, policy) }]))
  return solve({ policy, toBits, rows, hosts, ...offered })
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
export function withChanges(live: Live, { arrivals, apart, gone, hosts: changes }: LiveChanges): Live {
  const changed = new Map(changes.map((host) => [host.hostId, readHost(host, live.toBits)]))
  const hosts = new Map([...live.hosts, ...changed])
  const offered = inOrder(hosts)
  const leaving = new Set([...gone, ...arrivals.map(({ need }) => need.id)])
  const staying = [...live.rows].filter(([id]) => !leaving.has(id))
  const strangers = readStrangers(apart, new Set(arrivals.map(({ need }) => need.id)))
  const { slots } = offered
  const coming = arrivals.filter(({ groupId }) => groupId === null).map((asked): [string, Row] => {
    const party = readWaiting(asked, live.toBits, strangers)
    return [asked.need.id, { party, choices: choicesOf(party, { slots, numbers: slots.keys() }, live.policy) }]
  })
  const kept = changed.size === 0 ? staying : withSlots(live, staying, slots)
  return solve({ ...live, ...offered, hosts, rows: new Map([...kept, ...coming]) })
}

/** Rows of a city after some of its slots were replaced by others. */
function withSlots(live: Live, rows: readonly (readonly [string, Row])[], slots: readonly Slot[]): [string, Row][] {
  const numbers = new Map(slots.map((slot, number) => [slot, number]))
  const moved = Int32Array.from(live.slots, (slot) => numbers.get(slot) ?? -1)
  live.slots.forEach((slot) => numbers.delete(slot))
  const fresh = [...numbers.values()]
  return rows.map(([id, { party, choices }]) => [id, { party, choices: joinChoices(choices, moved, choicesOf(party, { slots, numbers: fresh }, live.policy)) }])
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
  const alone = row && bestAlone(row.party, row.choices, live)
  return alone ? toPlace(arrivalId, alone, 'BEST_ALONE') : null
}

/** Who would get a room, or parts of its nights, in the optimum; the most urgent first, nobody where nobody should. */
export function bestGuests(live: Live, roomId: string): LivePlace[] {
  return [...live.places]
    .filter(([, { room }]) => room.offer.id === roomId)
    .map(([id, option]) => toPlace(id, option, live.isWhole ? 'BEST_FOR_ALL' : 'BEST_ALONE'))
}

function readHost({ hostId, offers }: HostOffers, toBits: ToBits): HostRooms {
  if (offers.some((offer) => offer.hostId !== hostId)) throw new RangeError(`rooms of another host than ${hostId}`)
  return openHost(readRooms(offers, toBits))
}

function openHost(rooms: readonly RoomFacts[]): HostRooms {
  return { rooms, slots: listSlots(rooms).list }
}

/** Everything in the order in which a round reads it, so that ties fall alike: hosts by their first room. */
function inOrder(hosts: Live['hosts']): Pick<Live, 'rooms' | 'slots'> {
  const ordered = [...hosts.values()].flatMap(({ rooms: [first], slots }) => (first ? [{ id: first.offer.id, slots }] : [])).sort(byId)
  const rooms = [...hosts.values()].flatMap((host) => host.rooms)
  return { rooms: rooms.sort((one, other) => byId(one.offer, other.offer)), slots: ordered.flatMap(({ slots }) => slots) }
}

function solve(facts: Facts): Live {
  const { placed, isWhole } = playPasses(facts)
  return { ...facts, isWhole, places: new Map(placed.map((one) => [one.party.asked.need.id, one])) }
}

function toPlace(arrivalId: string, { room, facts, points }: Option, mark: LiveMark): LivePlace {
  const nights = nightsFrom(dayOf(facts.from), facts.until - facts.from)
  return { arrivalId, roomId: room.offer.id, nights, shiftNights: facts.shift, score: points, mark }
}
