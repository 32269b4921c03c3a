import type { Edges } from './edges'
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
 * Checks an answer from the edges alone, sharing no code with the solver.
 *
 * Weak duality of linear programming (D. Gale, H. W. Kuhn, A. W. Tucker, 1951; for this problem: H. W. Kuhn, "The
 * Hungarian method", 1955): whatever prices >= 0 the rooms have, no assignment is worth more than all prices together
 * plus, for each arrival, the most it could gain at these prices. An assignment worth exactly that is an optimum.
 *
 * @throws RangeError when the assignment is none (a room given twice, a pair that is no edge), its sums are not true, or
 * a price is not a whole number >= 0.
 */
export function certify(edges: Edges, optimum: Optimum): Certificate {
  const { weight, fit } = checkAssignment(edges, optimum)
  const primal = BigInt(optimum.big) * BigInt(weight) + BigInt(fit)
  const dual = priceSum(edges, optimum) + gainSum(edges, optimum)
  return toCertificate({ primal, dual, big: optimum.big })
}

/** Sums up what may be missing. */
export function toCertificate({ primal, dual, big }: { primal: bigint; dual: bigint; big: number }): Certificate {
  if (dual < primal) throw new RangeError('the bound is below the assignment: the prices were reckoned with another scale')
  const missing = dual - primal
  return {
    primal: Number(primal),
    dual: Number(dual),
    gap: missing === 0n ? 0 : Number(missing) / Number(dual),
    weightGap: Number(missing / BigInt(big)),
  }
}

function checkAssignment(edges: Edges, { roomOf, assigned, weight, fit }: Optimum): { weight: number; fit: number } {
  const { arrivals, rooms, weights } = edges
  if (roomOf.length !== arrivals) throw new RangeError(`${roomOf.length} answers for ${arrivals} arrivals`)
  const taken = new Uint8Array(rooms)
  const found = { assigned: 0, weight: 0, fit: 0 }
  roomOf.forEach((room, arrival) => {
    if (room === -1) return
    if (taken[room] === 1) throw new RangeError(`room ${room} is given twice`)
    taken[room] = 1
    found.assigned += 1
    found.weight += weights[arrival] as number
    found.fit += fitOf(edges, arrival, room)
  })
  if (found.assigned !== assigned || found.weight !== weight || found.fit !== fit) {
    throw new RangeError(`sums ${assigned}, ${weight}, ${fit} should be ${found.assigned}, ${found.weight}, ${found.fit}`)
  }
  return found
}

function fitOf({ starts, roomOf, fits }: Edges, arrival: number, room: number): number {
  const start = starts[arrival] as number
  const edge = roomOf.subarray(start, starts[arrival + 1]).indexOf(room)
  if (edge < 0) throw new RangeError(`arrival ${arrival} cannot have room ${room}`)
  return fits[start + edge] as number
}

function priceSum({ rooms }: Edges, { prices }: Optimum): bigint {
  if (prices.length !== rooms) throw new RangeError(`${prices.length} prices for ${rooms} rooms`)
  const sum = createSum()
  prices.forEach((price, room) => {
    if (!Number.isSafeInteger(price) || price < 0) throw new RangeError(`price ${price} of room ${room} is not a whole number >= 0`)
    sum.add(price)
  })
  return sum.total()
}

function gainSum({ arrivals, weights, starts, roomOf, fits }: Edges, { prices, big }: Optimum): bigint {
  const sum = createSum()
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    const whole = big * (weights[arrival] as number)
    let most = 0
    for (let edge = starts[arrival] as number; edge < (starts[arrival + 1] as number); edge += 1) {
      const gain = whole + (fits[edge] as number) - (prices[roomOf[edge] as number] as number)
      if (gain > most) most = gain
    }
    sum.add(most)
  }
  return sum.total()
}

/** Adds whole numbers below 2^53 exactly, however many they are. */
export function createSum(): { add: (number: number) => void; total: () => bigint } {
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
