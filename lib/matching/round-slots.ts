import { buildEdges, type Edges } from './optimum/edges'
import { partySize } from './party'
import type { Policy } from './policy'
import { byId, isRuledOut, type NeedFacts, type RoomFacts, type Run } from './round-facts'
import type { Waiting } from './round-market'
import { pointsOf } from './round-points'
import { firstFailed } from './round-rules'
import { groupBy } from './room-choice'

/**
 * What one pass gives to one party at most: a free run of a room. All rooms of a host who rests or counts stays are one
 * slot, because what one of them promises decides what another may; the passes after it give the rest.
 */
export interface Slot {
  rooms: readonly RoomFacts[]
  /** `null`: any run of these rooms. */
  run: Run | null
}

/** The best a slot can do for a party. */
export interface Option {
  room: RoomFacts
  facts: NeedFacts
  points: number
}

/** The slots of one pass, ready to be asked city by city. */
export interface Slots {
  list: readonly Slot[]
  /** Rooms of a city, each with the numbers of its slots. */
  byCity: ReadonlyMap<string, readonly SlotRoom[]>
}
interface SlotRoom {
  room: RoomFacts
  slots: readonly number[]
}

/** The slots of these rooms, in the order of the rooms. */
export function listSlots(rooms: readonly RoomFacts[]): Slots {
  const list: Slot[] = []
  const entries: SlotRoom[] = []
  for (const [host, ofHost] of groupBy(rooms, (room) => room.host)) {
    if (host.ruled) {
      entries.push(...ofHost.map((room) => ({ room, slots: [list.length] })))
      list.push({ rooms: ofHost, run: null })
      continue
    }
    for (const room of ofHost) {
      entries.push({ room, slots: room.free.map((_run, index) => list.length + index) })
      list.push(...room.free.map((run) => ({ rooms: [room], run })))
    }
  }
  const offered = entries.filter(({ room }) => room.free.length > 0)
  return { list, byCity: new Map(groupBy(offered, ({ room }) => room.offer.cityId)) }
}

/**
 * The room and the nights a slot has for a party, the first in rank.
 */
export function bestOption(slot: Slot, { variants }: Waiting, policy: Policy): Option | null {
  let best: Option | null = null
  for (const room of slot.rooms) {
    const facts = firstFitting(room, slot.run, variants)
    if (facts === null) continue
    const option = { room, facts, points: pointsOf(room, facts, policy) }
    if (best === null || inRank(option, best) < 0) best = option
  }
  return best
}

/** The smallest shift, then most points, then the smaller id, as `candidates.ts` ranks. */
export function inRank(one: Option, other: Option): number {
  return Math.abs(one.facts.shift) - Math.abs(other.facts.shift) || other.points - one.points || byId(one.room.offer, other.room.offer)
}

/** The first of the shifts after which the room fits; what is cheap to ask comes first. */
function firstFitting(room: RoomFacts, run: Run | null, variants: Waiting['variants']): NeedFacts | null {
  if (isRuledOut(room, variants[0])) return null
  for (const facts of variants) {
    if (run !== null && (run.from > facts.from || facts.until > run.until)) continue
    if (facts.sleepers <= room.offer.beds && firstFailed(room, facts) === null) return facts
  }
  return null
}

/** How a pass weighs: a night of shift costs more than all points of the wishes together. */
export interface Scale {
  mostPoints: number
  mostShift: number
}

export function scaleFor(waiting: readonly Waiting[], policy: Policy): Scale {
  const mostPoints = Object.values(policy.wishes).reduce((sum, weight) => sum + Math.round(weight), 0) + 1
  return { mostPoints, mostShift: waiting.reduce((most, { asked }) => Math.max(most, asked.need.flexibleNights), 0) }
}

export function fitOf({ facts, points }: Option, { mostPoints, mostShift }: Scale): number {
  return points + mostPoints * (mostShift - Math.abs(facts.shift))
}

export interface PassInput {
  waiting: readonly Waiting[]
  slots: Slots
  policy: Policy
  /** Asked before each party; after a yes the rest gets no edges. */
  isStopped: (done: number) => boolean
}

/** Joins every party to every slot that can take it. */
export function joinSlots({ waiting, slots, policy, isStopped }: PassInput): Edges {
  const scale = scaleFor(waiting, policy)
  const askedBy = new Int32Array(slots.list.length).fill(-1)
  return buildEdges({
    arrivals: waiting.length,
    rooms: slots.list.length,
    weights: Float64Array.from(waiting, ({ weight }) => weight),
    listRooms: (arrival, add) => {
      const party = waiting[arrival]
      if (party === undefined || isStopped(arrival)) return
      eachSlot(slots, party, (number, slot) => {
        if (askedBy[number] === arrival) return
        askedBy[number] = arrival
        const option = bestOption(slot, party, policy)
        if (option) add(number, fitOf(option, scale))
      })
    },
  })
}

/** The slots that have a room the party may have on some nights; one may be named twice. */
function eachSlot({ list, byCity }: Slots, { asked: { need }, variants: [facts] }: Waiting, visit: (number: number, slot: Slot) => void): void {
  const persons = partySize(need)
  for (const cityId of need.cityIds) {
    for (const { room, slots } of byCity.get(cityId) ?? []) {
      if (isRuledOut(room, facts) || room.offer.beds < persons) continue
      for (const number of slots) visit(number, list[number] as Slot)
    }
  }
}
