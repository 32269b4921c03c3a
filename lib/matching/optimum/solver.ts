import type { Edges } from './edges'
import { createHeap, nearer, pop, push, type Heap } from './heap'
import { scaleOf } from './scale'

/** An assignment that shelters the most weight and, among those, fits best; `prices` prove it (`certificate.ts`). */
export interface Optimum {
  /** -1: none; one for each arrival. */
  roomOf: Int32Array
  /** Of each room, >= 0, in the unit of `big` * weight + fit. */
  prices: Float64Array
  /** One unit of weight outweighs all fits together. */
  big: number
  /** Arrivals that have a room, and their weight and fit summed. */
  assigned: number
  weight: number
  fit: number
}

export interface Watch {
  onProgress?: (done: { arrivals: number; assigned: number }) => void
  /** Asked often; after a yes the arrivals placed so far keep their rooms. */
  shouldStop?: () => boolean
}

/** What the search knows. An arrival's use of a room is `big` * weight + fit; its gain is that less the price. */
interface Search {
  edges: Edges
  big: number
  prices: Float64Array
  /** The arrival that has the room, or -1, and what use it is to them. */
  holders: Int32Array
  uses: Float64Array
  assigned: number
  /** Of one insertion: the shortest way to each room, the room before it on that way (-1: none), the use on its last step. */
  distances: Float64Array
  before: Int32Array
  stepUses: Float64Array
  /** The cheapest end found, and where: at a free room, at a room whose holder goes without, or -1: the newcomer does. */
  cheapest: number
  end: number
  heap: Heap
  /** Rooms whose shortest way is known, and rooms that were seen at all. */
  settled: Int32Array
  settledCount: number
  seen: Int32Array
  seenCount: number
}

/** Arrivals between two questions whether to stop. */
const PATIENCE = 256

/**
 * Solves the assignment by successive shortest paths with prices (R. Jonker, A. Volgenant, "A shortest augmenting path
 * algorithm for dense and sparse linear assignment problems", Computing 38, 1987; the prices as potentials: J. Edmonds,
 * R. M. Karp, 1972).
 *
 * Arrivals come in falling weight, ties by number. Each takes the room it gains most from; where somebody has it, the
 * cheapest chain of moves is found that ends at a free room or at somebody who goes without. Prices rise until
 * everybody is content with what they have, and never fall, so who is turned away once stays so.
 *
 * Deterministic: the same edges give the same answer. Callers number arrivals and rooms by id, so that the order they
 * were read in changes nothing.
 *
 * @throws RangeError as `scaleOf`.
 */
export function solveOptimum(edges: Edges, { onProgress, shouldStop }: Watch = {}): Optimum {
  const search = begin(edges)
  const order = inFallingWeight(edges.weights)
  for (let done = 0; done < order.length; done += 1) {
    if (done % PATIENCE === 0) {
      onProgress?.({ arrivals: done, assigned: search.assigned })
      if (shouldStop?.()) break
    }
    insert(search, order[done] as number)
  }
  return summarise(search)
}

function begin(edges: Edges): Search {
  const { rooms } = edges
  const distances = new Float64Array(rooms).fill(Infinity)
  return {
    edges,
    big: scaleOf(edges),
    prices: new Float64Array(rooms),
    holders: new Int32Array(rooms).fill(-1),
    uses: new Float64Array(rooms),
    assigned: 0,
    distances,
    before: new Int32Array(rooms),
    stepUses: new Float64Array(rooms),
    cheapest: 0,
    end: -1,
    heap: createHeap(distances),
    settled: new Int32Array(rooms),
    settledCount: 0,
    seen: new Int32Array(rooms),
    seenCount: 0,
  }
}

function inFallingWeight(weights: Edges['weights']): Int32Array {
  const order = Int32Array.from(weights, (_, arrival) => arrival)
  return order.sort((one, other) => (weights[other] as number) - (weights[one] as number) || one - other)
}

/** Finds the cheapest chain of moves that takes in one more arrival, makes it, and raises the prices on the way. */
function insert(search: Search, arrival: number): void {
  const gain = bestGain(search, arrival)
  if (gain <= 0) return
  const { distances, prices, uses, holders, heap, settled } = search
  search.cheapest = gain
  search.end = -1
  relax(search, { from: -1, mover: arrival, reach: gain })
  while (heap.size > 0 && (distances[heap.rooms[0] as number] as number) < search.cheapest) {
    const room = pop(heap)
    settled[search.settledCount] = room
    search.settledCount += 1
    const reach = (distances[room] as number) + (uses[room] as number) - (prices[room] as number)
    relax(search, { from: room, mover: holders[room] as number, reach })
  }
  raisePrices(search)
  move(search, arrival)
  forget(search)
}

/** What the arrival gains from the room it likes best at today's prices; 0 or less: from none. */
function bestGain({ edges: { starts, roomOf, fits, weights }, big, prices }: Search, arrival: number): number {
  let best = -Infinity
  const end = starts[arrival + 1] as number
  for (let edge = starts[arrival] as number; edge < end; edge += 1) {
    const net = (fits[edge] as number) - (prices[roomOf[edge] as number] as number)
    if (net > best) best = net
  }
  return best + big * (weights[arrival] as number)
}

/**
 * Looks at every room the mover could go to.
 *
 * @param step `from`: the room they would leave (-1: they are new). `reach`: the way to there, plus what they gain now.
 */
function relax(search: Search, { from, mover, reach }: { from: number; mover: number; reach: number }): void {
  const { edges: { starts, roomOf, fits, weights }, big, prices, distances } = search
  const whole = big * (weights[mover] as number)
  const end = starts[mover + 1] as number
  for (let edge = starts[mover] as number; edge < end; edge += 1) {
    const room = roomOf[edge] as number
    const use = whole + (fits[edge] as number)
    const distance = reach - use + (prices[room] as number)
    if (distance < search.cheapest && distance < (distances[room] as number)) {
      search.before[room] = from
      search.stepUses[room] = use
      visit(search, room, distance)
    }
  }
}

/** Notes a shorter way to a room, and what it would cost to end there. */
function visit(search: Search, room: number, distance: number): void {
  const { distances, holders, uses, prices, heap, seen } = search
  const isNew = distances[room] === Infinity
  distances[room] = distance
  if (isNew) {
    seen[search.seenCount] = room
    search.seenCount += 1
  }
  const isFree = (holders[room] as number) < 0
  const cost = isFree ? distance : distance + (uses[room] as number) - (prices[room] as number)
  if (cost < search.cheapest) {
    search.cheapest = cost
    search.end = room
  }
  if (isFree) return
  if (isNew) push(heap, room)
  else nearer(heap, room)
}

/** Rooms nearer than the end cost so much more that the chain is everybody's best choice. */
function raisePrices({ settled, settledCount, prices, distances, cheapest }: Search): void {
  for (let index = 0; index < settledCount; index += 1) {
    const room = settled[index] as number
    prices[room] = (prices[room] as number) + cheapest - (distances[room] as number)
  }
}

/** Makes the moves of the chain, from its end back to the newcomer. */
function move(search: Search, arrival: number): void {
  const { before, holders, uses, stepUses, end } = search
  if (end >= 0 && (holders[end] as number) < 0) search.assigned += 1
  for (let room = end; room >= 0; room = before[room] as number) {
    const from = before[room] as number
    holders[room] = from < 0 ? arrival : (holders[from] as number)
    uses[room] = stepUses[room] as number
  }
}

function forget(search: Search): void {
  const { seen, seenCount, distances } = search
  for (let index = 0; index < seenCount; index += 1) distances[seen[index] as number] = Infinity
  search.seenCount = 0
  search.settledCount = 0
  search.heap.size = 0
}

function summarise({ edges: { arrivals, weights }, big, prices, holders, uses }: Search): Optimum {
  const roomOf = new Int32Array(arrivals).fill(-1)
  let [assigned, weight, fit] = [0, 0, 0]
  holders.forEach((arrival, room) => {
    if (arrival < 0) return
    const worth = weights[arrival] as number
    roomOf[arrival] = room
    assigned += 1
    weight += worth
    fit += (uses[room] as number) - big * worth
  })
  return { roomOf, prices, big, assigned, weight, fit }
}
