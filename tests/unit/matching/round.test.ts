import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { playRound } from '@/lib/matching/round'
import { anyRound, faultsOf, reordered } from './round-world'

describe('laws of a round', () => {
  it('keeps every rule beside everything else that is placed, and loses nobody', () => {
    const kinds = new Map<string, number>()
    fc.assert(
      fc.property(anyRound, (round) => {
        const result = playRound(round)
        expect(faultsOf(round, result)).toEqual([])
        expect(result.certificate.gap).toBe(0)
        for (const { kind } of result.plans) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }),
      { numRuns: 1500 },
    )
  })

  it('gives the same answer in whatever order it is read', () => {
    fc.assert(
      fc.property(anyRound.chain((round) => fc.tuple(fc.constant(round), reordered(round))), ([round, other]) => {
        expect(playRound(other)).toEqual(playRound(round))
      }),
      { numRuns: 300 },
    )
  })
})
