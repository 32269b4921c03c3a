import { buildEdges, type Edges } from '@/lib/matching/optimum/edges'

/** One arrival: its weight, and the fit of each room it could have. */
export interface Row {
  weight: number
  fits: Map<number, number>
}

export function edgesOf(rows: readonly Row[], rooms: number): Edges {
  return buildEdges({
    arrivals: rows.length,
    rooms,
    weights: Int32Array.from(rows, ({ weight }) => weight),
    listRooms: (arrival, add) => rows[arrival]?.fits.forEach((fit, room) => add(room, fit)),
  })
}

/** A world too large to try everything: some weights and many fits are equal. */
export function mediumWorld({ seed, arrivals, rooms, choices }: { seed: number; arrivals: number; rooms: number; choices: number }): { rows: Row[]; rooms: number } {
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const rows = Array.from({ length: arrivals }, () => ({
    weight: 1 + below(30),
    fits: new Map(Array.from({ length: choices }, () => [below(rooms), below(60)])),
  }))
  return { rows, rooms }
}
