import { certify } from './optimum/certificate'
import type { Edges } from './optimum/edges'
import { solveOptimum, type Optimum } from './optimum/solver'
import type { Patience } from './round-chains'
import type { RoomFacts } from './round-facts'
import { improve } from './round-improve'
import { spotOf, type Placed } from './round-ledger'
import { takeRooms, type Market, type Offered, type Waiting } from './round-market'
import { bestOption, joinSlots, listSlots, scaleFor, type Scale, type Slot } from './round-slots'
import type { RoundPass } from './round-types'
import { report, tick, type Watcher } from './round-watch'
import { partySize } from './party'

/** Rooms looked at between the passes of one round: enough for every chain of some hundreds, a tenth more for thousands. */
const MOST_LOOKS = 1_000_000

export interface Singles {
  placed: Placed[]
  /** In the order they came. */
  waiting: Waiting[]
  passes: RoundPass[]
  /** Nobody stopped it. */
  complete: boolean
  /** By the room's id, of the first pass: before it everything is free. */
  prices: Map<string, number>
}

/**
 * Places parties for whole stays: the optimum over all slots, then over the ends that are left of them, until nobody
 * else fits. Passes do not see each other, so what they placed is then mended, and what that freed is passed over again.
 *
 * @param waiting in falling weight, then by id.
 * @throws RangeError when a pass that was not stopped lacks its proof: our bug, and no round stands on it.
 */
export function placeSingles(market: Offered, waiting: readonly Waiting[], watcher: Watcher): Singles {
  const singles = placeInPasses(market, waiting, watcher)
  const patience: Patience = { looks: MOST_LOOKS }
  let rooms = market.rooms
  while (rooms.length > 0 && !watcher.stopped && singles.waiting.length > 0) {
    const { touched, ...improved } = improve(market, singles, { patience, watcher })
    Object.assign(singles, improved)
    rooms = touchedBy(touched, market.rooms)
    playPasses({ singles, market, rooms }, watcher)
  }
  return { ...singles, complete: !watcher.stopped }
}

/** As `placeSingles`, without mending what passes could not see: each of them is proved, and that is all. */
export function placeInPasses(market: Offered, waiting: readonly Waiting[], watcher: Watcher): Singles {
  const prices = new Map(market.rooms.map(({ offer }) => [offer.id, 0]))
  const singles: Singles = { placed: [], waiting: [...waiting], passes: [], complete: true, prices }
  playPasses({ singles, market, rooms: market.rooms }, watcher)
  return { ...singles, complete: !watcher.stopped }
}

type Passes = Readonly<{ singles: Singles; market: Offered; rooms: readonly RoomFacts[] }>

/** Passes over these rooms. What nobody took in one pass fits nobody who waits, so the next looks only at what has changed. */
function playPasses({ singles, market, rooms: all }: Passes, watcher: Watcher): void {
  let rooms = all
  while (rooms.length > 0 && singles.waiting.length > 0 && !watcher.stopped) {
    const pass = playPass({ rooms, waiting: singles.waiting, policy: market.policy }, watcher)
    if (singles.passes.length === 0) pass.prices.forEach((price, roomId) => singles.prices.set(roomId, price))
    singles.passes.push(pass.proof)
    singles.placed.push(...pass.placed)
    const gone = new Set(pass.placed.map(({ party }) => party))
    singles.waiting = singles.waiting.filter((party) => !gone.has(party))
    rooms = touchedBy(pass.placed.map(({ room }) => room), market.rooms)
  }
}

/** What is free of the rooms that are no longer what they were, and of all rooms of a host where one has a say in another. */
export function touchedBy(changed: Iterable<RoomFacts>, rooms: readonly RoomFacts[]): RoomFacts[] {
  const spots = new Set([...changed].map(spotOf))
  return rooms.filter((room) => room.free.length > 0 && spots.has(spotOf(room)))
}

type PassAsked = Readonly<{ rooms: readonly RoomFacts[]; waiting: readonly Waiting[]; policy: Market['policy'] }>
type PassDone = Readonly<{ placed: Placed[]; proof: RoundPass; prices: Map<string, number> }>

function playPass({ rooms, waiting, policy }: PassAsked, watcher: Watcher): PassDone {
  const slots = listSlots(rooms)
  const edges = joinSlots({ waiting, slots, policy, isStopped: (done) => tick(watcher, 'EDGES', done, waiting.length) })
  const { optimum, placed, proof } = solvePass({ edges, slots: slots.list, waiting, policy }, watcher)
  takeRooms(placed.map(({ room, facts }) => ({ room, nights: facts })))
  return { placed, proof, prices: pricesOf({ optimum, slots: slots.list, scale: scaleFor(waiting, policy) }) }
}

/** The pairs of one pass: parties by their place in `waiting`, what is free by its place in `slots`. */
type Joined = Readonly<{ edges: Edges; slots: readonly Slot[]; waiting: readonly Waiting[]; policy: Market['policy'] }>
type PassSolved = Readonly<{ optimum: Optimum; placed: Placed[]; proof: RoundPass }>

/** The proven optimum of one pass; takes nothing yet. @throws RangeError as `placeSingles`, and when a place of it is none by the rules. */
export function solvePass({ edges, slots, waiting, policy }: Joined, watcher: Watcher): PassSolved {
  let done = 0
  const optimum = solveOptimum(edges, {
    onProgress: ({ arrivals }) => {
      done = arrivals
    },
    shouldStop: () => report(watcher, 'SINGLE', done, waiting.length),
  })
  report(watcher, 'CERTIFICATE', 0, 1)
  const proof = prove({ edges, optimum }, watcher)
  const placed = waiting.flatMap((party, index) => {
    const slot = slots[optimum.roomOf[index] ?? -1]
    const option = slot && bestOption(slot, party, policy)
    return option ? [{ party, ...option }] : []
  })
  if (placed.length !== optimum.assigned) throw new RangeError(`${placed.length} of ${optimum.assigned} places are found again`)
  watcher.placed += placed.reduce((sum, { party }) => sum + partySize(party.asked.need), 0)
  return { optimum, placed, proof }
}

/** Recomputes the certificate; only a stop may leave a gap. */
function prove({ edges, optimum }: { edges: Edges; optimum: Optimum }, watcher: Watcher): RoundPass {
  const { gap } = certify(edges, optimum)
  if (gap > 0 && !watcher.stopped) throw new RangeError(`a pass without proof: gap ${gap}`)
  return { arrivals: edges.arrivals, slots: edges.rooms, edges: edges.roomOf.length, assigned: optimum.assigned, gap }
}

/**
 * Prices of slots as points of rooms: what the rest would lose in priority and in wishes. A room with several slots has
 * the price of its dearest; the shares of a price that stand for shifted nights are left out.
 */
function pricesOf({ optimum, slots, scale }: { optimum: Optimum; slots: readonly Slot[]; scale: Scale }): Map<string, number> {
  const prices = new Map<string, number>()
  slots.forEach(({ rooms }, number) => {
    const points = pointsOfPrice({ price: optimum.prices[number] ?? 0, big: optimum.big, scale })
    for (const { offer } of rooms) prices.set(offer.id, Math.max(points, prices.get(offer.id) ?? 0))
  })
  return prices
}

function pointsOfPrice({ price, big, scale }: { price: number; big: number; scale: Scale }): number {
  const weight = Math.round(price / big)
  const fit = price - weight * big
  const points = scale.mostShift === 0 ? fit : fit - scale.mostPoints * Math.round(fit / scale.mostPoints)
  return Math.max(0, weight + points)
}
