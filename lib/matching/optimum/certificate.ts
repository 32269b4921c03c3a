import { sourceOf, type Edges, type PairSource } from './edges'
import type { Optimum } from './solver'

/**
 * The proof that no assignment is better, or how much better one could be at most. `primal` is what the assignment is
 * worth, `dual` what no assignment can exceed, both in `big` * weight + fit.
 */
export interface Certificate {
  primal: number
  dual: number
  /** Share of `dual` that may be missing; 0 means proven: reckoned in whole numbers, so 0 is never a rounding. */
  gap: number
  /** Units of weight that may be missing; 0 when at most fit is. */
  weightGap: number
}

/**
 * Checks an answer from the edges alone, with no code of the solver: both only read the same edges.
 *
 * Weak duality of linear programming (D. Gale, H. W. Kuhn, A. W. Tucker, 1951; for this problem: H. W. Kuhn, "The
 * Hungarian method", 1955): whatever prices >= 0 the rooms have, no assignment is worth more than all prices together
 * plus, for each arrival, the most it could gain at these prices. An assignment worth exactly that is an optimum.
 *
 * @throws RangeError when the assignment is none (a room given twice, a pair that is no edge), its sums are not true, a
 * price is not a whole number >= 0, or its scale does not put weight before fit.
 */
export function certify(edges: Edges, optimum: Optimum): Certificate {
  return certifyPairs(sourceOf(edges), optimum)
}

/** The same over pairs that are not stored: each is reckoned once more. */
export function certifyPairs(source: PairSource, optimum: Optimum): Certificate {
  checkRooms(source, optimum)
  const { gains, weight, fit, largestFit } = lookAtAll(source, optimum)
  checkScale(source, optimum.big, largestFit)
  const primal = BigInt(optimum.big) * BigInt(weight) + BigInt(fit)
  return toCertificate({ primal, dual: priceSum(source, optimum) + gains, big: optimum.big })
}

function toCertificate({ primal, dual, big }: { primal: bigint; dual: bigint; big: number }): Certificate {
  if (dual < primal) throw new RangeError('the bound is below the assignment: the prices were reckoned with another scale')
  const missing = dual - primal
  return {
    primal: Number(primal),
    dual: Number(dual),
    gap: missing === 0n ? 0 : Number(missing) / Number(dual),
    weightGap: Number(missing / BigInt(big)),
  }
}

/** No room is given twice, and none that is not there. */
function checkRooms({ arrivals, rooms }: PairSource, { roomOf }: Optimum): void {
  if (roomOf.length !== arrivals) throw new RangeError(`${roomOf.length} answers for ${arrivals} arrivals`)
  const taken = new Uint8Array(rooms)
  for (const room of roomOf) {
    if (room === -1) continue
    if (taken[room] !== 0) throw new RangeError(taken[room] === 1 ? `room ${room} is given twice` : `no room ${room}`)
    taken[room] = 1
  }
}

/** The most each arrival could gain at these prices, summed, and what the assignment is worth by the pairs themselves. */
function lookAtAll(source: PairSource, optimum: Optimum): { gains: bigint; weight: number; fit: number; largestFit: number } {
  const { roomOf, prices, big } = optimum
  const gains = createSum()
  const found = { assigned: 0, weight: 0, fit: 0 }
  let [whole, most, wanted, fitThere, largestFit] = [0, 0, -1, -1, 0]
  const look = (room: number, fit: number) => {
    const gain = whole + fit - (prices[room] as number)
    if (gain > most) most = gain
    if (fit > largestFit) largestFit = fit
    if (room === wanted) fitThere = fit
  }
  for (let arrival = 0; arrival < source.arrivals; arrival += 1) {
    const weight = source.weights[arrival] as number
    whole = big * weight
    most = 0
    wanted = roomOf[arrival] as number
    fitThere = -1
    source.listRooms(arrival, look)
    gains.add(most)
    if (wanted === -1) continue
    if (fitThere < 0) throw new RangeError(`arrival ${arrival} cannot have room ${wanted}`)
    found.assigned += 1
    found.weight += weight
    found.fit += fitThere
  }
  checkSums(found, optimum)
  return { gains: gains.total(), weight: found.weight, fit: found.fit, largestFit }
}

/** One unit of weight must outweigh all fits together, or fewer people who fit better would count as more; and all stay exact. */
function checkScale(source: PairSource, big: number, largestFit: number): void {
  let heaviest = 0
  for (const weight of source.weights) heaviest = Math.max(heaviest, weight)
  if (!Number.isSafeInteger(big) || big * heaviest + largestFit > Number.MAX_SAFE_INTEGER) throw new RangeError(`a scale of ${big} is not exact`)
  if (big > Math.min(source.arrivals, source.rooms) * largestFit) return
  const mostFit = mostFitOf(source)
  if (big <= mostFit) throw new RangeError(`a scale of ${big} does not outweigh fits of ${mostFit} together`)
}

/** What no assignment exceeds in fit: the best of each arrival together, or the best of each room. */
function mostFitOf(source: PairSource): number {
  const bestOfRoom = new Float64Array(source.rooms)
  let [byArrival, best] = [0, 0]
  const look = (room: number, fit: number) => {
    if (fit > best) best = fit
    if (fit > (bestOfRoom[room] as number)) bestOfRoom[room] = fit
  }
  for (let arrival = 0; arrival < source.arrivals; arrival += 1) {
    best = 0
    source.listRooms(arrival, look)
    byArrival += best
  }
  return Math.min(byArrival, bestOfRoom.reduce((sum, fit) => sum + fit, 0))
}

function checkSums(found: { assigned: number; weight: number; fit: number }, { assigned, weight, fit }: Optimum): void {
  if (found.assigned === assigned && found.weight === weight && found.fit === fit) return
  throw new RangeError(`sums ${assigned}, ${weight}, ${fit} should be ${found.assigned}, ${found.weight}, ${found.fit}`)
}

function priceSum({ rooms }: PairSource, { prices }: Optimum): bigint {
  if (prices.length !== rooms) throw new RangeError(`${prices.length} prices for ${rooms} rooms`)
  const sum = createSum()
  prices.forEach((price, room) => {
    if (!Number.isSafeInteger(price) || price < 0) throw new RangeError(`price ${price} of room ${room} is not a whole number >= 0`)
    sum.add(price)
  })
  return sum.total()
}

/** Adds whole numbers below 2^53 exactly, however many they are. */
function createSum(): { add: (number: number) => void; total: () => bigint } {
  let [carried, rest] = [0n, 0]
  return {
    add: (number) => {
      if (rest > Number.MAX_SAFE_INTEGER - number) {
        carried += BigInt(rest)
        rest = 0
      }
      rest += number
    },
    total: () => carried + BigInt(rest),
  }
}
