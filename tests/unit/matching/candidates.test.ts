import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANDIDATES_SHOWN, rankCandidates } from '@/lib/matching/candidates'
import { findMismatches, MISMATCHES } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { anyNeed, anyRooms, need, room, run, shuffled } from './build'

const policy = DEFAULT_POLICY

describe('candidates', () => {
  it('come best first, and the rest is counted by its first failed rule', () => {
    const rooms = [
      room({ id: 'large', beds: 4 }),
      room({ id: 'right', beds: 2 }),
      room({ id: 'away', cityId: 'astana', beds: 1 }),
      room({ id: 'small', beds: 1 }),
      room({ id: 'taken', free: [] }),
    ]
    const { candidates, fallenOut, fitting } = rankCandidates({ rooms, need: need(), policy })
    expect(candidates.map(({ room: offer }) => offer.id)).toEqual(['right', 'large'])
    expect(fitting).toBe(2)
    expect(fallenOut).toMatchObject({ OTHER_CITY: 1, TOO_FEW_BEDS: 1, NOT_FREE: 1, BLOCKED: 0 })
    expect(Object.keys(fallenOut)).toEqual(MISMATCHES)
  })

  it('with equal points come in the order of their ids', () => {
    const rooms = ['c', 'a', 'b'].map((id) => room({ id }))
    const ranked = rankCandidates({ rooms, need: need(), policy }).candidates
    expect(ranked.map(({ room: offer }) => offer.id)).toEqual(['a', 'b', 'c'])
  })

  it('stop at the limit, and say how many fitted', () => {
    const rooms = Array.from({ length: CANDIDATES_SHOWN + 1 }, (_, index) => room({ id: `room-${index}` }))
    const found = rankCandidates({ rooms, need: need(), policy })
    expect(found.candidates).toHaveLength(CANDIDATES_SHOWN)
    expect(found.fitting).toBe(CANDIDATES_SHOWN + 1)
    expect(rankCandidates({ rooms, need: need(), policy, limit: 0 }).candidates).toEqual([])
  })

  it('of no rooms at all are none', () => {
    expect(rankCandidates({ rooms: [], need: need(), policy })).toMatchObject({ candidates: [], shifted: [], fitting: 0 })
  })

  it('within the agreed shift stand apart, the smallest shift first, with the nights they are for', () => {
    const rooms = [
      room({ id: 'in-two', free: [run('10-11', '10-31')] }),
      room({ id: 'in-one', beds: 4, free: [run('10-10', '10-31')] }),
      room({ id: 'in-three', free: [run('10-12', '10-31')] }),
    ]
    const { candidates, shifted, fallenOut } = rankCandidates({ rooms, need: need({ flexibleNights: 2 }), policy })
    expect(candidates).toEqual([])
    expect(shifted.map(({ room: offer, shiftNights, nights }) => [offer.id, shiftNights, nights])).toEqual([
      ['in-one', 1, run('10-10', '10-13')],
      ['in-two', 2, run('10-11', '10-14')],
    ])
    expect(shifted[0]?.explanation.fits).toBe(true)
    expect(fallenOut.NOT_FREE).toBe(3)
  })

  it('are never shifted into the past', () => {
    const rooms = [room({ free: [run('10-01', '10-11')] })]
    const tonight = need({ flexibleNights: 3, hoursUntilFirstEvening: 0 })
    expect(rankCandidates({ rooms, need: tonight, policy }).shifted).toEqual([])
  })
})

describe('laws of the ranking', () => {
  it('the order of the rooms does not matter', () => {
    const anyOrder = anyRooms(30).chain((rooms) => fc.tuple(fc.constant(rooms), shuffled(rooms)))
    fc.assert(
      fc.property(anyOrder, anyNeed, ([rooms, others], asked) => {
        expect(rankCandidates({ rooms: others, need: asked, policy })).toEqual(rankCandidates({ rooms, need: asked, policy }))
      }),
    )
  })

  it('every room is a candidate or counted once, and every candidate fits and is explained as on its own', () => {
    fc.assert(
      fc.property(anyRooms(30), anyNeed, (rooms, asked) => {
        const { candidates, fallenOut, fitting, shifted } = rankCandidates({ rooms, need: asked, policy })
        const fallen = Object.values(fallenOut).reduce((sum, count) => sum + count, 0)
        expect(fitting + fallen).toBe(rooms.length)
        for (const one of [...candidates, ...shifted]) {
          expect(findMismatches(one.room, { ...asked, nights: one.nights }).filter((rule) => rule !== 'TOO_LITTLE_NOTICE')).toEqual([])
          expect(Math.abs(one.shiftNights)).toBeLessThanOrEqual(asked.flexibleNights)
          expect(one.explanation.score).toBe(one.score)
        }
        for (const one of candidates) expect(one.explanation).toEqual(explain(one.room, asked, policy))
      }),
    )
  })

  it('no candidate has fewer points than the next, and a limit only cuts the tail', () => {
    fc.assert(
      fc.property(anyRooms(30), anyNeed, fc.nat(5), (rooms, asked, limit) => {
        const all = rankCandidates({ rooms, need: asked, policy }).candidates
        all.slice(1).forEach((next, index) => expect(next.score).toBeLessThanOrEqual(all[index]!.score))
        expect(rankCandidates({ rooms, need: asked, policy, limit }).candidates).toEqual(all.slice(0, limit))
      }),
    )
  })
})
