import type { Edges } from './edges'

/**
 * Beyond this a search could lose a unit. Ways and prices are at most one use each, and a search adds a use to a way before
 * it takes the price off, so that the sum of two uses must be exact: each at most 2^52, not 2^53. Where three meet, in a
 * comparison, the sum is beyond any way that counts, rounded or not.
 */
const LARGEST_USE = 2 ** 52

/**
 * The number that makes one unit of weight outweigh all fits together: more than any assignment can gain in fit.
 *
 * @throws RangeError when a weight is not a whole number >= 0, or `big` * weight + fit could not be kept exactly.
 */
export function scaleOf({ arrivals, rooms, weights, starts, roomOf, fits }: Edges): number {
  const bestOfRoom = new Int32Array(rooms)
  let [byArrival, largest] = [0, 0]
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    let best = 0
    for (let edge = starts[arrival] as number; edge < (starts[arrival + 1] as number); edge += 1) {
      const [room, fit] = [roomOf[edge] as number, fits[edge] as number]
      best = Math.max(best, fit)
      if (fit > (bestOfRoom[room] as number)) bestOfRoom[room] = fit
    }
    byArrival += best
    largest = Math.max(largest, best)
  }
  const byRoom = bestOfRoom.reduce((total, best) => total + best, 0)
  return scaleFor({ weights, mostFit: Math.min(byArrival, byRoom), largestFit: largest })
}

/** The same for who knows the limits without the edges: `mostFit` of a whole assignment, `largestFit` of one pair. */
export function scaleFor({ weights, mostFit, largestFit }: {
  weights: Edges['weights']
  mostFit: number
  largestFit: number
}): number {
  const big = mostFit + 1
  // 1 at least, so that fits alone are exact in sum where nobody weighs anything
  let heaviest = 1
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`weight ${weight} is not a whole number >= 0`)
    heaviest = Math.max(heaviest, weight)
  }
  if (big * heaviest + largestFit > LARGEST_USE) {
    throw new RangeError(`weights up to ${heaviest} and fits up to ${mostFit} in sum are too large to be exact`)
  }
  return big
}
