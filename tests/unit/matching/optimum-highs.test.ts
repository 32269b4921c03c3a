import { expect, test } from 'vitest'
import { certify } from '@/lib/matching/optimum/certificate'
import { solveOptimum } from '@/lib/matching/optimum/solver'
import { solveWithHighs } from '../../bench/match-peers'
import { edgesOf, mediumWorld } from './optimum-worlds'

test.each([
  { count: 25, arrivals: 60, rooms: 20, choices: 6 },
  { count: 15, arrivals: 40, rooms: 60, choices: 5 },
  { count: 20, arrivals: 150, rooms: 40, choices: 12 },
])('the optimum is what a solver of linear programs finds: $count worlds of $arrivals arrivals and $rooms rooms', async ({ count, ...size }) => {
  for (let seed = 1; seed <= count; seed += 1) {
    const { rows, rooms } = mediumWorld({ seed, ...size })
    const edges = edgesOf(rows, rooms)
    const optimum = solveOptimum(edges)
    expect(certify(edges, optimum).gap).toBe(0)
    const { weight, fit } = await solveWithHighs(edges, optimum.big)
    expect({ weight: optimum.weight, fit: optimum.fit }).toEqual({ weight, fit })
  }
})
