import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certify } from '@/lib/matching/optimum/certificate'
import { buildEdges, type Edges } from '@/lib/matching/optimum/edges'
import { solveOptimum } from '@/lib/matching/optimum/solver'

/** One arrival: its weight, and the fit of each room it could have. */
interface Row {
  weight: number
  fits: Map<number, number>
}

function edgesOf(rows: readonly Row[], rooms: number): Edges {
  return buildEdges({
    arrivals: rows.length,
    rooms,
    weights: Int32Array.from(rows, ({ weight }) => weight),
    listRooms: (arrival, add) => rows[arrival]?.fits.forEach((fit, room) => add(room, fit)),
  })
}

/** The best pair of sums there is: weight first, then fit, by trying everything. */
function bruteForce(rows: readonly Row[]): { weight: number; fit: number } {
  const better = (one: { weight: number; fit: number }, other: { weight: number; fit: number }) =>
    one.weight - other.weight || one.fit - other.fit
  const visit = (index: number, taken: ReadonlySet<number>): { weight: number; fit: number } => {
    const row = rows[index]
    if (!row) return { weight: 0, fit: 0 }
    let best = visit(index + 1, taken)
    for (const [room, fit] of row.fits) {
      if (taken.has(room)) continue
      const rest = visit(index + 1, new Set([...taken, room]))
      const whole = { weight: rest.weight + row.weight, fit: rest.fit + fit }
      if (better(whole, best) > 0) best = whole
    }
    return best
  }
  return visit(0, new Set())
}

/** Small worlds, most of them too small for all, with few different weights and fits so that there are many ties. */
const worlds = fc.integer({ min: 0, max: 5 }).chain((rooms) =>
  fc.tuple(
    fc.constant(rooms),
    fc.array(
      fc.record({
        weight: fc.integer({ min: 1, max: 4 }),
        fits: fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }), { minLength: rooms, maxLength: rooms }),
      }).map(({ weight, fits }): Row => ({
        weight,
        fits: new Map(fits.flatMap((fit, room) => (fit === undefined ? [] : [[room, fit] as const]))),
      })),
      { maxLength: 6 },
    ),
  ),
)

describe('the optimum', () => {
  test('is what trying everything finds, weight first and fit second, and is proved', () => {
    fc.assert(
      fc.property(worlds, ([rooms, rows]) => {
        const edges = edgesOf(rows, rooms)
        const optimum = solveOptimum(edges)
        expect({ weight: optimum.weight, fit: optimum.fit }).toEqual(bruteForce(rows))
        expect(certify(edges, optimum).gap).toBe(0)
      }),
      { numRuns: 3_000 },
    )
  })
})
