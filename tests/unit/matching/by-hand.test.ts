import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { certify } from '@/lib/matching/optimum/certificate'
import { solveOptimum } from '@/lib/matching/optimum/solver'

/** The example of docs/matching.md: party 1 could have room A or B, party 2 room A, party 3 either. */
const EXAMPLE = {
  arrivals: 3, rooms: 2, weights: Int32Array.of(5, 3, 2), starts: Int32Array.of(0, 2, 3, 5),
  roomOf: Int32Array.of(0, 1, 0, 0, 1), fits: Int32Array.of(9, 6, 4, 8, 7),
}

test('the example worked by hand on the page is what the solver finds', () => {
  const optimum = solveOptimum(EXAMPLE)
  expect({ ...optimum, roomOf: [...optimum.roomOf], prices: [...optimum.prices] })
    .toEqual({ roomOf: [1, 0, -1], prices: [44, 41], big: 17, assigned: 2, weight: 8, fit: 10 })
  expect(certify(EXAMPLE, optimum)).toMatchObject({ primal: 146, dual: 146, gap: 0 })
})

test('and the drawing says the same', () => {
  const drawing = readFileSync('docs/optimum-by-hand.svg', 'utf8')
  for (const words of ['91 − price 41 = keeps 50', '55 − price 44 = keeps 11', '44 + 41 + 50 + 11 + 0 = 146 = 91 + 55']) expect(drawing).toContain(words)
})
