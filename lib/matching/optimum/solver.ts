import { sourceOf, type Edges, type PairSource } from './edges'
import { scaleFor, scaleOf } from './scale'
import { beginSearch, insert, type Search } from './search'

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

/** Arrivals between two questions whether to stop. */
const PATIENCE = 256

/**
 * Solves the assignment by successive shortest paths with prices (R. Jonker, A. Volgenant, "A shortest augmenting path
 * algorithm for dense and sparse linear assignment problems", Computing 38, 1987; prices as potentials: J. Edmonds,
 * R. M. Karp, 1972).
 *
 * Arrivals come in falling weight, ties by number. Each takes the room it gains most from; where somebody has it, the
 * cheapest chain of moves is found that ends at a free room or at somebody who goes without. Prices rise until
 * everybody is content with what they have, and never fall, so who is turned away once stays so.
 *
 * Deterministic: the same edges give the same answer. Callers number arrivals and rooms by id, so that the order they
 * were read in changes nothing.
 *
 * @throws RangeError as `scaleOf`, and when the weight of those placed is no exact sum.
 */
export function solveOptimum(edges: Edges, watch: Watch = {}): Optimum {
  return run({ source: sourceOf(edges), big: scaleOf(edges) }, watch)
}

/**
 * The same over pairs that are not stored (`pricing.ts`).
 *
 * @param largestFit no pair fits better.
 * @throws RangeError as `scaleFor`, and when the weight of those placed is no exact sum.
 */
export function solvePairs(source: PairSource & { largestFit: number }, watch: Watch = {}): Optimum {
  const { arrivals, rooms, weights, largestFit } = source
  return run({ source, big: scaleFor({ weights, mostFit: Math.min(arrivals, rooms) * largestFit, largestFit }) }, watch)
}

function run({ source, big }: { source: PairSource; big: number }, { onProgress, shouldStop }: Watch): Optimum {
  const search = beginSearch(source, big)
  const order = inFallingWeight(source.weights)
  for (let done = 0; done < order.length; done += 1) {
    if (done % PATIENCE === 0) {
      onProgress?.({ arrivals: done, assigned: search.assigned })
      if (shouldStop?.() === true) break
    }
    insert(search, order[done] as number)
  }
  return summarise(search)
}

function inFallingWeight(weights: Edges['weights']): Int32Array {
  const order = Int32Array.from(weights, (_, arrival) => arrival)
  return order.sort((one, other) => (weights[other] as number) - (weights[one] as number) || one - other)
}

function summarise({ weights, big, prices, holders, uses }: Search): Optimum {
  const roomOf = new Int32Array(weights.length).fill(-1)
  let [assigned, weight, fit] = [0, 0, 0]
  holders.forEach((arrival, room) => {
    if (arrival < 0) return
    const worth = weights[arrival] as number
    roomOf[arrival] = room
    assigned += 1
    weight += worth
    fit += (uses[room] as number) - big * worth
  })
  // whole numbers only grow when summed: a sum that was rounded on the way ends beyond the largest exact one
  if (weight > Number.MAX_SAFE_INTEGER) throw new RangeError('the weights of those placed are too large to be exact in sum')
  return { roomOf, prices, big, assigned, weight, fit }
}
