import { partySize } from './party'
import type { Policy } from './policy'
import { dayOf, isRuledOut, numberOf, withNeed, type NeedFacts, type RoomFacts } from './round-facts'
import { pointsOf } from './round-points'
import { failsAsPair, failsOnStays } from './round-rules'
import { startLater } from './shift'

/** A relay has no leg shorter than this. */
export const SHORTEST_LEG_NIGHTS = 2
/** A relay has no more legs than this: three moves. */
export const MOST_LEGS = 4

/** One room for part of a stay. */
export interface RelayLeg {
  room: RoomFacts
  facts: NeedFacts
  points: number
}

export type RelayAsked = Readonly<{ rooms: readonly RoomFacts[]; facts: NeedFacts; policy: Policy }>

/** Nights counted from the first night of the stay. */
export type VisitLeg = (room: RoomFacts, start: number, end: number) => void
export type IsWanted = (start: number, end: number) => boolean

/** The stay, but for the nights `start` to `end` of it; hours of notice move along. */
export function legOf(facts: NeedFacts, start: number, end: number): NeedFacts {
  const moved = start === 0 ? facts.need : startLater(facts.need, start)
  if (moved === null) throw new RangeError(`a leg in the past: ${facts.need.id}`)
  return withNeed(facts, { ...moved, nights: { from: dayOf(facts.from + start), until: dayOf(facts.from + end) } })
}

/**
 * Visits every leg the rooms could take on their own, each rule asked for the nights of the leg.
 *
 * @param isWanted asked first, so that what nobody needs is not checked against the host's other stays.
 */
export function eachLeg({ rooms, facts }: RelayAsked, isWanted: IsWanted, visit: VisitLeg): void {
  const alone = { ...facts, sleepers: partySize(facts.need) }
  const hours = hoursOf(facts)
  for (const room of rooms) {
    if (isRuledOut(room, facts) || room.free.length === 0 || failsAsPair(room, alone) !== null) continue
    const [last, firstHours] = [lastMorning(room, facts), room.offer.noticeHours]
    for (const run of room.free) {
      const span = { start: Math.max(run.from, facts.from) - facts.from, end: Math.min(run.until - facts.from, last) }
      eachStart(span, (start) => {
        if ((hours[start] ?? 0) >= firstHours) eachEnd({ room, from: facts.from, start, end: span.end }, isWanted, visit)
      })
    }
  }
}

function eachStart({ start, end }: { start: number; end: number }, visit: (start: number) => void): void {
  for (let night = start; night + SHORTEST_LEG_NIGHTS <= end; night += 1) visit(night)
}

type Ends = Readonly<{ room: RoomFacts; from: number; start: number; end: number }>

function eachEnd({ room, from, start, end }: Ends, isWanted: IsWanted, visit: VisitLeg): void {
  const { shortestStayNights, longestStayNights } = room.offer
  const longest = Math.min(end, start + longestStayNights)
  for (let until = start + Math.max(SHORTEST_LEG_NIGHTS, shortestStayNights); until <= longest; until += 1) {
    if (!isWanted(start, until)) continue
    if (failsOnStays(room, { from: from + start, until: from + until }) === null) visit(room, start, until)
  }
}

/** The last morning a room can be left: that of going, or that on which more persons join than it has beds for. */
function lastMorning({ offer }: RoomFacts, { need, from, until }: NeedFacts): number {
  if (need.growth === null || offer.beds >= partySize(need) + need.growth.persons) return until - from
  return Math.min(until, numberOf(need.growth.from)) - from
}

/** Hours of notice before each night of the stay. */
function hoursOf(facts: NeedFacts): number[] {
  return Array.from({ length: facts.until - facts.from }, (_, start) => {
    const moved = start === 0 ? facts.need : startLater(facts.need, start)
    return moved?.hoursUntilFirstEvening ?? 0
  })
}

/**
 * The best legs for the same nights, as many as a relay of `MOST_LEGS` may have to choose among: whatever three other
 * legs use, one of the first four hosts is none of theirs, and of its rooms one in three is not next to its own.
 */
export class Choices {
  readonly legs: RelayLeg[] = []

  /** Keeps the leg if it could be in a best chain. */
  add(leg: RelayLeg): void {
    const place = this.legs.findIndex((other) => inRank(leg, other) < 0)
    const at = place === -1 ? this.legs.length : place
    if (!this.isWorth(leg, at)) return
    this.legs.splice(at, 0, leg)
    for (let index = this.legs.length - 1; index > at; index -= 1) {
      const later = this.legs[index]
      if (later && !this.isWorth(later, index)) this.legs.splice(index, 1)
    }
  }

  private isWorth({ room }: RelayLeg, place: number): boolean {
    const before = this.legs.slice(0, place)
    if (new Set(before.map((leg) => leg.room.host)).size >= MOST_LEGS) return false
    return before.filter((leg) => leg.room.host === room.host).length < MOST_LEGS - 1
  }
}

function inRank(one: RelayLeg, other: RelayLeg): number {
  return other.points - one.points || (one.room.offer.id < other.room.offer.id ? -1 : 1)
}

/** A leg with its points. */
export function weigh({ facts, policy }: RelayAsked, room: RoomFacts, leg: NeedFacts = facts): RelayLeg {
  return { room, facts: leg, points: pointsOf(room, leg, policy) }
}
