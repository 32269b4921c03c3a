import { isEmpty } from '../time/nights'
import { partySize } from './party'
import type { Policy } from './policy'
import {
  byId, numberLanguages, readNeed, readRooms, readStrangers, variantsOf, type NeedFacts, type RoomFacts, type Run, type Strangers, type ToBits,
} from './round-facts'
import type { RoundInput, RoundNeed } from './round-types'

/** One party that still waits. */
export interface Waiting {
  asked: RoundNeed
  /** The nights asked for first, then each shift they agreed to. */
  variants: readonly [NeedFacts, ...NeedFacts[]]
  /** Whole points, 1 or more: nobody is worth nothing. */
  weight: number
}

/** What is left while a round goes on. The lists stand in an order that does not depend on how they were read. */
export interface Market {
  /** In the order of their ids. */
  rooms: readonly RoomFacts[]
  /** In falling weight, then in the order of their ids. */
  waiting: readonly Waiting[]
  policy: Policy
  toBits: ToBits
}

/** What is offered, and by which weights it is given. */
export type Offered = Pick<Market, 'rooms' | 'policy'>

/** Part of a room that somebody gets. */
export interface Taken {
  room: RoomFacts
  nights: Run
}

/**
 * Reads a round's input into numbers.
 *
 * @throws RangeError when an id stands twice, a need asks for nothing or a priority is no number of points.
 */
export function openMarket({ needs, rooms, apart, policy }: Pick<RoundInput, 'needs' | 'rooms' | 'apart' | 'policy'>): Market {
  assertOnce(needs.map(({ need }) => need.id))
  assertOnce(rooms.map(({ id }) => id))
  const toBits = numberLanguages()
  const strangers = readStrangers(apart, new Set(needs.map(({ need }) => need.id)))
  const waiting = needs.map((asked) => readWaiting(asked, toBits, strangers))
  return { rooms: readRooms(rooms, toBits), waiting: waiting.sort(mostUrgentFirst), policy, toBits }
}

/** Reads one party. @throws RangeError when it asks for nothing or its priority is no number of points. */
export function readWaiting(asked: RoundNeed, toBits: ToBits, strangers: Strangers): Waiting {
  if (isEmpty(asked.need.nights) || partySize(asked.need) < 1) throw new RangeError(`asks for nothing: ${asked.need.id}`)
  return { asked, variants: variantsOf(readNeed(asked.need, toBits, strangers)), weight: weightOf(asked) }
}

/** The most urgent first, then by id. */
export function mostUrgentFirst(one: Waiting, other: Waiting): number {
  return other.weight - one.weight || byId(one.asked.need, other.asked.need)
}

function weightOf({ need, priority }: RoundNeed): number {
  if (!Number.isFinite(priority) || priority < 0) throw new RangeError(`no priority: ${priority} of ${need.id}`)
  return Math.max(1, Math.round(priority))
}

function assertOnce(ids: readonly string[]): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) throw new RangeError(`stands twice: ${id}`)
    seen.add(id)
  }
}

/**
 * Gives rooms away to one party, or to parties of one plan: the nights leave the rooms, and their hosts remember the
 * stays. Several rooms of a host for the same nights are one stay, as the database counts them.
 */
export function takeRooms(taken: readonly Taken[]): void {
  const told = new Set<string>()
  for (const { room, nights } of taken) {
    const stay = `${room.host.id} ${nights.from} ${nights.until}`
    const { promised } = room.host
    takeRoom({ room, nights })
    if (told.has(stay)) room.host.promised = promised
    told.add(stay)
  }
}

/** Gives one room away. */
export function takeRoom({ room, nights }: Taken): void {
  const { from, until } = nights
  room.free = room.free.flatMap((run) => cut(run, nights))
  room.host.promised = [...room.host.promised, { from, until }]
}

/** Takes back what `takeRoom` gave: the nights join what is free beside them, and the host forgets the stay. */
export function giveBack({ room, nights }: Taken): void {
  const before = room.free.find(({ until }) => until === nights.from)
  const after = room.free.find(({ from }) => from === nights.until)
  const whole = { from: before?.from ?? nights.from, until: after?.until ?? nights.until }
  room.free = [...room.free.filter((run) => run !== before && run !== after), whole].sort((one, other) => one.from - other.from)
  const stay = room.host.promised.findIndex(({ from, until }) => from === nights.from && until === nights.until)
  room.host.promised = room.host.promised.toSpliced(stay, 1)
}

function cut(run: Run, nights: Run): Run[] {
  if (run.until <= nights.from || nights.until <= run.from) return [run]
  return [
    { from: run.from, until: nights.from },
    { from: nights.until, until: run.until },
  ].filter(({ from, until }) => from < until)
}
