import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certify, certifyPairs } from '@/lib/matching/optimum/certificate'
import { buildEdges, sourceOf } from '@/lib/matching/optimum/edges'
import { scaleFor } from '@/lib/matching/optimum/scale'
import { solveOptimum, solvePairs } from '@/lib/matching/optimum/solver'
import { edgesOf, mediumWorld, type Row } from './optimum-worlds'

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
        weight: fc.integer({ min: 0, max: 4 }),
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
        expect(certify(edges, optimum)).toMatchObject({ gap: 0, weightGap: 0 })
      }),
      { numRuns: 3_000 },
    )
  })

  test('of pairs that are not stored is the same, and is proved', () => {
    fc.assert(
      fc.property(worlds, ([rooms, rows]) => {
        const source = { ...sourceOf(edgesOf(rows, rooms)), largestFit: 6 }
        const optimum = solvePairs(source)
        expect({ weight: optimum.weight, fit: optimum.fit }).toEqual(bruteForce(rows))
        expect(certifyPairs(source, optimum).gap).toBe(0)
      }),
    )
  })

  test('stays the same pairs whatever order the pairs of an arrival were read in', () => {
    fc.assert(
      fc.property(worlds, ([rooms, rows]) => {
        const edges = buildEdges({
          arrivals: rows.length,
          rooms,
          weights: Int32Array.from(rows, ({ weight }) => weight),
          listRooms: (arrival, add) => [...rows[arrival]!.fits].reverse().forEach(([room, fit]) => add(room, fit)),
        })
        expect(solveOptimum(edges)).toEqual(solveOptimum(edgesOf(rows, rooms)))
      }),
    )
  })

  test('shelters the same people as well, and they fit as well, when arrivals and rooms are numbered otherwise', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { rows, rooms } = mediumWorld({ seed, arrivals: 120, rooms: 40, choices: 12 })
      const renumbered = rows.toReversed().map(({ weight, fits }) => ({ weight, fits: new Map([...fits].map(([room, fit]) => [rooms - 1 - room, fit])) }))
      const [one, other] = [solveOptimum(edgesOf(rows, rooms)), solveOptimum(edgesOf(renumbered, rooms))]
      expect([other.assigned, other.weight, other.fit]).toEqual([one.assigned, one.weight, one.fit])
    }
  })

  test('looks beyond its lists: an arrival with hundreds of rooms gets the best assignment over all of them', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { rows, rooms } = mediumWorld({ seed, arrivals: 400, rooms: 200, choices: 150 })
      const edges = edgesOf(rows, rooms)
      expect(certify(edges, solveOptimum(edges)).gap).toBe(0)
    }
  })

  test('keeps a valid assignment of those placed so far when it is stopped, and says what may be missing', () => {
    const { rows, rooms } = mediumWorld({ seed: 7, arrivals: 2_000, rooms: 500, choices: 10 })
    const edges = edgesOf(rows, rooms)
    const seen: number[] = []
    const stopped = solveOptimum(edges, { onProgress: ({ arrivals }) => seen.push(arrivals), shouldStop: () => seen.length > 1 })
    expect(seen).toEqual([0, 256])
    expect(stopped.assigned).toBeGreaterThan(0)
    expect(stopped.assigned).toBeLessThanOrEqual(256)
    const { gap, weightGap } = certify(edges, stopped)
    expect(gap).toBeGreaterThan(0)
    expect(stopped.weight + weightGap).toBeGreaterThanOrEqual(solveOptimum(edges).weight)
  })

  test.each([
    ['no arrivals and no rooms', [], 0],
    ['no rooms', [{ weight: 3, fits: new Map() }], 0],
    ['nobody asks', [], 4],
    ['an arrival nobody can take', [{ weight: 3, fits: new Map() }], 4],
  ])('%s is no assignment, and is proved', (_, rows, rooms) => {
    const edges = edgesOf(rows, rooms)
    const optimum = solveOptimum(edges)
    expect(optimum).toMatchObject({ assigned: 0, weight: 0, fit: 0 })
    expect(certify(edges, optimum).gap).toBe(0)
  })

  test('houses as many as there are rooms when all weigh the same, those who fit best', () => {
    const rows = [3, 9, 5, 7].map((fit) => ({ weight: 2, fits: new Map([[0, fit], [1, fit]]) }))
    expect(solveOptimum(edgesOf(rows, 2))).toMatchObject({ assigned: 2, weight: 4, fit: 16 })
  })
})

describe('numbers that cannot be right', () => {
  const weigh = (weights: number[]) => () => solveOptimum({ ...edgesOf([{ weight: 1, fits: new Map([[0, 5]]) }], 1), weights: Float64Array.from(weights) })

  test.each([-1, 1.5, NaN, Infinity])('a weight of %s is refused', (weight) => {
    expect(weigh([weight])).toThrow('is not a whole number >= 0')
  })

  test('weights too large to be exact are refused, the largest that is not is kept', () => {
    expect(weigh([2 ** 52])).toThrow('too large to be exact')
    expect(weigh([Math.floor((2 ** 52 - 5) / 6)])()).toMatchObject({ assigned: 1, fit: 5 })
    expect(weigh([Math.floor((2 ** 52 - 5) / 6) + 1])).toThrow('too large to be exact')
  })

  test('weights that are exact one by one but not in sum are refused', () => {
    const edges = edgesOf([0, 1, 2].map((room) => ({ weight: 1, fits: new Map([[room, 0]]) })), 3)
    expect(() => solveOptimum({ ...edges, weights: new Float64Array(3).fill(2 ** 52 - 1) })).toThrow('too large to be exact in sum')
    expect(solveOptimum({ ...edges, weights: Float64Array.of(2 ** 52 - 1, 2 ** 52 - 1, 1) }).weight).toBe(2 ** 53 - 1)
  })

  test('fits that are not exact in sum are refused where nobody weighs anything', () => {
    expect(() => scaleFor({ weights: new Float64Array(2), mostFit: 2 ** 53, largestFit: 9 })).toThrow('too large to be exact')
  })

  test.each([
    ['a room that is not there', 3, 1, 'no room 3'],
    ['a room below zero', -1, 1, 'no room -1'],
    ['half a room', 0.5, 1, 'no room 0.5'],
    ['a negative fit', 0, -1, 'fit -1'],
    ['half a point', 0, 0.5, 'fit 0.5'],
    ['more points than are kept', 0, 2 ** 31, 'fit 2147483648'],
  ])('%s is refused', (_, room, fit, message) => {
    expect(() => edgesOf([{ weight: 1, fits: new Map([[room, fit]]) }], 3)).toThrow(message)
  })

  test('a row of more than two million rooms out of order keeps each room its fit', () => {
    const rooms = 2 ** 21 + 3
    const edges = buildEdges({
      arrivals: 1, rooms, weights: Int32Array.of(1),
      listRooms: (_, add) => {
        for (let room = rooms - 1; room >= 0; room -= 1) add(room, room % 1_000)
      },
    })
    expect(edges.roomOf.findIndex((room, place) => room !== place)).toBe(-1)
    expect(edges.fits.findIndex((fit, room) => fit !== room % 1_000)).toBe(-1)
  })

  test('a room named twice is refused', () => {
    const twice = { arrivals: 1, rooms: 3, weights: Int32Array.of(1), listRooms: (_: number, add: (room: number, fit: number) => void) => [2, 1, 2].forEach((room) => add(room, 1)) }
    expect(() => buildEdges(twice)).toThrow('room 2 is named twice')
  })
})
