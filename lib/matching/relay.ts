import { partySize } from './party'
import type { NeedFacts, RoomFacts } from './round-facts'
import { failsOnStays } from './round-rules'
import { Choices, eachLeg, legOf, MOST_LEGS, weigh, type IsWanted, type RelayAsked, type RelayLeg } from './relay-legs'

/** Chains looked at for one party when hosts who rest stand in each other's way; beyond it the best one found is good enough. */
const MOST_STEPS = 100_000

/**
 * Covers all nights of a stay by rooms in turn: the fewest moves, and among those the most points, exactly.
 *
 * Which nights any room could take says how many legs are needed from each night on (backwards over the nights); the
 * points of the best legs give a bound for the rest of a chain, and a search by that bound keeps to what the hosts'
 * own rules allow when two legs meet at one host. Each leg passes every rule for its own nights; the room does not stay
 * the same over a move.
 *
 * @param asked `rooms`: as they are left, in the order of their ids. `facts`: the nights to be covered.
 * @returns legs in the order of their nights, one when a room takes the whole stay; `null` when no chain of `MOST_LEGS` does.
 */
export function findRelay(asked: RelayAsked): RelayLeg[] | null {
  const nights = asked.facts.until - asked.facts.from
  if (!couldReach(asked.facts, asked.rooms)) return null
  const width = nights + 1
  const possible = new Uint8Array(width * width)
  eachLeg(asked, (start, end) => possible[start * width + end] === 0, (_room, start, end) => {
    possible[start * width + end] = 1
  })
  const span = { possible, width, nights }
  const [toHere, fromHere] = [countFromStart(span), countToEnd(span)]
  for (let legs = toHere[nights] ?? Infinity; legs <= MOST_LEGS; legs += 1) {
    const isWanted = (start: number, end: number) => (toHere[start] ?? Infinity) + 1 + (fromHere[end] ?? Infinity) <= legs
    const chain = bestChain({ asked, choices: chooseLegs({ asked, width, isWanted }), nights, legs })
    if (chain !== null) return chain
  }
  return null
}

/** False when not even free runs, whatever the hosts' other rules, lead to the last night in so many legs: often so, and cheap. */
function couldReach(facts: NeedFacts, rooms: readonly RoomFacts[]): boolean {
  const farthest = farthestFrom(facts, rooms)
  let night = 0
  for (let legs = 0; legs < MOST_LEGS && night < farthest.length; legs += 1) night = Math.max(night, farthest[night] ?? 0)
  return night >= farthest.length
}

/** By night of the stay: the last morning that one free run leads to from there. */
function farthestFrom({ asks, from, until, need }: NeedFacts, rooms: readonly RoomFacts[]): Int32Array {
  const farthest = new Int32Array(until - from)
  const persons = partySize(need)
  for (const { lacks, offer, free } of rooms) {
    if ((lacks & asks) !== 0 || offer.beds < persons) continue
    for (const run of free) {
      const start = Math.max(0, run.from - from)
      if (start < farthest.length) farthest[start] = Math.max(farthest[start] ?? 0, run.until - from)
    }
  }
  // what began before reaches as far: a leg may begin on any night of a run
  for (let night = 1; night < farthest.length; night += 1) farthest[night] = Math.max(farthest[night] ?? 0, farthest[night - 1] ?? 0)
  return farthest
}

type Span = Readonly<{ possible: Uint8Array; width: number; nights: number }>

/** The fewest legs that cover the nights before each. */
function countFromStart({ possible, width, nights }: Span): number[] {
  const counts = Array.from({ length: width }, (_, night) => (night === 0 ? 0 : Infinity))
  for (let end = 1; end <= nights; end += 1) {
    for (let start = 0; start < end; start += 1) {
      if (possible[start * width + end] === 1) counts[end] = Math.min(counts[end] ?? Infinity, (counts[start] ?? Infinity) + 1)
    }
  }
  return counts
}

/** The fewest legs that cover the nights from each on. */
function countToEnd({ possible, width, nights }: Span): number[] {
  const counts = Array.from({ length: width }, (_, night) => (night === nights ? 0 : Infinity))
  for (let start = nights - 1; start >= 0; start -= 1) {
    for (let end = start + 1; end <= nights; end += 1) {
      if (possible[start * width + end] === 1) counts[start] = Math.min(counts[start] ?? Infinity, (counts[end] ?? Infinity) + 1)
    }
  }
  return counts
}

/** The legs worth choosing among, by their first night, each list by its last. */
type ByStart = ReadonlyMap<number, ReadonlyMap<number, Choices>>
type Choosing = Readonly<{ asked: RelayAsked; width: number; isWanted: IsWanted }>

function chooseLegs({ asked, width, isWanted }: Choosing): ByStart {
  const byStart = new Map<number, Map<number, Choices>>()
  const known = new Map<number, NeedFacts>()
  eachLeg(asked, isWanted, (room, start, end) => {
    const key = start * width + end
    const facts = known.get(key) ?? legOf(asked.facts, start, end)
    known.set(key, facts)
    const byEnd = byStart.get(start) ?? new Map<number, Choices>()
    const choices = byEnd.get(end) ?? new Choices()
    choices.add(weigh(asked, room, facts))
    byStart.set(start, byEnd.set(end, choices))
  })
  return byStart
}

type Chains = Readonly<{ asked: RelayAsked; choices: ByStart; nights: number; legs: number }>

/** Search by bound: what the rest of a chain could earn if no two legs met at one host. */
interface Search extends Chains {
  /** `bounds[legs][night]`: most points of so many legs from that night to the end; -Infinity when there is no such chain. */
  bounds: readonly (readonly number[])[]
  best: { legs: RelayLeg[]; points: number } | null
  steps: number
}

function bestChain(chains: Chains): RelayLeg[] | null {
  const search: Search = { ...chains, bounds: boundsOf(chains), best: null, steps: 0 }
  extend(search, [], { night: 0, points: 0 })
  return search.best?.legs ?? null
}

function boundsOf({ choices, nights, legs }: Chains): number[][] {
  const bounds = [Array.from({ length: nights + 1 }, (_, night) => (night === nights ? 0 : -Infinity))]
  for (let count = 1; count <= legs; count += 1) {
    const rest = bounds[count - 1] ?? []
    bounds.push(Array.from({ length: nights + 1 }, (_, night) => {
      const ends = [...(choices.get(night) ?? [])]
      return ends.reduce((most, [end, { legs: [first] }]) => Math.max(most, (first?.points ?? -Infinity) + (rest[end] ?? -Infinity)), -Infinity)
    }))
  }
  return bounds
}

function extend(search: Search, chain: readonly RelayLeg[], { night, points }: { night: number; points: number }): void {
  const left = search.legs - chain.length
  if (left === 0) {
    search.best = { legs: [...chain], points }
    return
  }
  for (const { leg, end, bound } of nextLegs(search, night, left)) {
    if (points + bound <= (search.best?.points ?? -Infinity) || search.steps >= MOST_STEPS) return
    search.steps += 1
    if (leg.room === chain.at(-1)?.room) continue
    visitWith(leg, () => extend(search, [...chain, leg], { night: end, points: points + leg.points }))
  }
}

type NextLeg = Readonly<{ leg: RelayLeg; end: number; bound: number }>

/** What may follow, the most promising first; of equals the longer leg, then the smaller id. */
function nextLegs({ choices, bounds }: Search, night: number, left: number): NextLeg[] {
  const rest = bounds[left - 1] ?? []
  return [...(choices.get(night) ?? [])]
    .flatMap(([end, { legs }]) => legs.map((leg) => ({ leg, end, bound: leg.points + (rest[end] ?? -Infinity) })))
    .filter(({ bound }) => bound > -Infinity)
    .sort((one, other) => other.bound - one.bound || other.end - one.end || (one.leg.room.offer.id < other.leg.room.offer.id ? -1 : 1))
}

/** Goes on with a leg promised, if its host's rules still hold beside the legs before it. */
function visitWith({ room, facts }: RelayLeg, goOn: () => void): void {
  if (failsOnStays(room, facts) !== null) return
  room.host.promised.push({ from: facts.from, until: facts.until })
  goOn()
  room.host.promised.pop()
}
