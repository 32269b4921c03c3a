import type { PairSource } from '@/lib/matching/optimum/edges'

/** Weight and fit of arrivals who have a room, summed. */
export interface Sums {
  assigned: number
  weight: number
  fit: number
}

/** What is done by hand: the most urgent first, each the free room that fits best, ties by number. */
export function placeGreedily({ arrivals, rooms, weights, listRooms }: PairSource): Sums {
  const taken = new Uint8Array(rooms)
  const sums = { assigned: 0, weight: 0, fit: 0 }
  let [best, bestFit] = [-1, -1]
  const look = (room: number, fit: number) => {
    if (taken[room] === 1 || fit <= bestFit) return
    best = room
    bestFit = fit
  }
  const order = Int32Array.from({ length: arrivals }, (_, arrival) => arrival)
  for (const arrival of order.sort((one, other) => weights[other]! - weights[one]! || one - other)) {
    best = bestFit = -1
    listRooms(arrival, look)
    if (best < 0) continue
    taken[best] = 1
    sums.assigned += 1
    sums.weight += weights[arrival]!
    sums.fit += bestFit
  }
  return sums
}
