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
  byCity: ReadonlyMap<string, CityRuns>
}

/**
 * What is free in a city, one place in each list for a run of a room, or for a room of a host whose rooms are one slot.
 * Most of millions of pairs fail by these numbers, and lists of numbers are what can be asked so often.
 */
interface CityRuns {
  slots: Int32Array
  lacks: Int32Array
  beds: Int32Array
  froms: Int32Array
  untils: Int32Array
}
interface SlotRun {
  room: RoomFacts
  slot: number
  from: number
  until: number
}

/** The slots of these rooms, in the order of the rooms. */
export function listSlots(rooms: readonly RoomFacts[]): Slots {
  const list: Slot[] = []
  const runs: SlotRun[] = []
  for (const [host, ofHost] of groupBy(rooms, (room) => room.host)) {
    if (host.ruled) {
      runs.push(...ofHost.flatMap((room) => spanOf(room, list.length)))
      list.push({ rooms: ofHost, run: null })
      continue
    }
    for (const room of ofHost) {
      runs.push(...room.free.map((run, index) => ({ room, slot: list.length + index, ...run })))
      list.push(...room.free.map((run) => ({ rooms: [room], run })))
    }
  }
  return { list, byCity: new Map(groupBy(runs, ({ room }) => room.offer.cityId).map(([cityId, ofCity]) => [cityId, inNumbers(ofCity)])) }
}

/** From the first free night of a room to its last. */
function spanOf(room: RoomFacts, slot: number): SlotRun[] {
  const [first, last] = [room.free[0], room.free.at(-1)]
  return first && last ? [{ room, slot, from: first.from, until: last.until }] : []
}

function inNumbers(runs: readonly SlotRun[]): CityRuns {
  return {
    slots: Int32Array.from(runs, ({ slot }) => slot),
    lacks: Int32Array.from(runs, ({ room }) => room.lacks),
    beds: Int32Array.from(runs, ({ room }) => room.offer.beds),
    froms: Int32Array.from(runs, ({ from }) => from),
    untils: Int32Array.from(runs, ({ until }) => until),
  }
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

/** How well an option fits, whoever else is in the pass: the larger the earlier in rank. */
export function worthOf({ facts, points }: Option, { mostPoints }: Pick<Scale, 'mostPoints'>): number {
  return points - mostPoints * Math.abs(facts.shift)
}

/** The same within one pass, 0 or more. */
export function fitOfWorth(worth: number, { mostPoints, mostShift }: Scale): number {
  return worth + mostPoints * mostShift
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
        if (option) add(number, fitOfWorth(worthOf(option, scale), scale))
      })
    },
  })
}

/** The slots that have a room the party may have, free for as many nights among those it could come; one may be named twice. */
function eachSlot({ list, byCity }: Slots, { asked: { need }, variants }: Waiting, visit: (number: number, slot: Slot) => void): void {
  const persons = partySize(need)
  const [{ asks, from, until }] = variants
  const [nights, earliest, latest] = [until - from, Math.min(...variants.map((one) => one.from)), Math.max(...variants.map((one) => one.until))]
  for (const cityId of need.cityIds) {
    const runs = byCity.get(cityId)
    for (let index = 0; runs && index < runs.slots.length; index += 1) {
      if (((runs.lacks[index] as number) & asks) !== 0 || (runs.beds[index] as number) < persons) continue
      if (Math.min(runs.untils[index] as number, latest) - Math.max(runs.froms[index] as number, earliest) < nights) continue
      const number = runs.slots[index] as number
      visit(number, list[number] as Slot)
    }
  }
}
