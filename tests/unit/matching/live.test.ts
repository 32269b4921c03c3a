import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankCandidates } from '@/lib/matching/candidates'
import { bestGuests, bestPlace, openLive, withArrival, withChanges, withoutArrival, withRooms, type Live } from '@/lib/matching/live'
import { openMemory } from '@/lib/matching/live-memory'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { groupBy } from '@/lib/matching/room-choice'
import { openMarket } from '@/lib/matching/round-market'
import { placeInPasses } from '@/lib/matching/round-singles'
import type { RoundInput } from '@/lib/matching/round-types'
import { beginWatch } from '@/lib/matching/round-watch'
import { room, run } from './build'
import { anyPass, anyRound, bestOfPass, roundOf, waits } from './round-world'

const apart = { blocked: new Set<string>(), refused: new Set<string>() }

/** What the optimum is worth: weight, then points. */
function worthOf(live: Live): { weight: number; score: number } {
  const placed = [...live.places].map(([id, { points }]) => ({ weight: live.rows.get(id)?.party.weight ?? 0, points }))
  return { weight: placed.reduce((sum, one) => sum + one.weight, 0), score: placed.reduce((sum, one) => sum + one.points, 0) }
}

describe('laws of the live optimum, against trying every assignment', () => {
  /** A city that grew to what it is one change at a time, with detours. */
  function grown(round: RoundInput): Live {
    const half = openLive({ ...round, needs: round.needs.slice(0, 2), rooms: round.rooms.slice(0, 2) })
    const withMore = round.rooms.slice(2).reduce((live, offer) => withRooms(live, { hostId: offer.hostId, offers: [offer] }), half)
    const arrived = round.needs.slice(2).reduce((live, asked) => withArrival(live, { asked, apart }), withMore)
    const detour = withoutArrival(withArrival(arrived, { asked: waits({ id: 'passes by' }, { priority: 900 }), apart }), 'passes by')
    const [first] = round.rooms
    if (first === undefined) return detour
    return withRooms(withRooms(detour, { hostId: first.hostId, offers: [] }), { hostId: first.hostId, offers: [first] })
  }

  it('every change leads to the optimum of everybody and everything there then is', () => {
    fc.assert(
      fc.property(anyPass, (round) => {
        const live = grown(round)
        expect(worthOf(live)).toEqual(bestOfPass(round))
        expect(worthOf(openLive(round))).toEqual(bestOfPass(round))
      }),
      { numRuns: 500 },
    )
  })

  it('many changes at once lead where they lead one by one', () => {
    fc.assert(
      fc.property(anyPass, (round) => {
        const hosts = round.rooms.map((offer) => ({ hostId: offer.hostId, offers: [offer] }))
        const before = openLive({ ...round, needs: [...round.needs.slice(0, 2), waits({ id: 'leaves' })], rooms: round.rooms.slice(0, 2) })
        const live = withChanges(before, { arrivals: round.needs, apart, gone: ['leaves', 'nobody'], hosts })
        expect(worthOf(live)).toEqual(bestOfPass(round))
        expect([...live.rows.keys()].sort()).toEqual(round.needs.map(({ need }) => need.id).sort())
      }),
      { numRuns: 500 },
    )
  })

  it('a place that is best for all is part of an optimum: given away, the rest can still have the rest', () => {
    let forAll = 0
    fc.assert(
      fc.property(anyPass, (round) => {
        const live = grown(round)
        const best = bestOfPass(round)
        for (const asked of round.needs) {
          const place = bestPlace(live, asked.need.id)
          if (place?.mark !== 'BEST_FOR_ALL') continue
          const rest = bestOfPass({ needs: round.needs.filter((one) => one !== asked), rooms: round.rooms.filter(({ id }) => id !== place.roomId) })
          expect({ weight: rest.weight + Math.max(1, asked.priority), score: rest.score + place.score }).toEqual(best)
          expect(bestGuests(live, place.roomId)).toEqual([place])
          forAll += 1
        }
      }),
      { numRuns: 500 },
    )
    expect(forAll).toBeGreaterThan(300)
  })

  it('who is better left waiting still sees the room that is best for them alone, as the case page ranks it', () => {
    let alone = 0
    fc.assert(
      fc.property(anyPass, (round) => {
        const live = openLive(round)
        for (const { need } of round.needs) {
          const place = bestPlace(live, need.id)
          const [first] = rankCandidates({ rooms: round.rooms, need, policy }).candidates
          expect(place === null).toBe(first === undefined)
          if (place?.mark !== 'BEST_ALONE') continue
          expect([place.roomId, place.score]).toEqual([first?.room.id, first?.score])
          alone += 1
        }
      }),
      { numRuns: 500 },
    )
    expect(alone).toBeGreaterThan(50)
  })
})

describe('the live optimum beside a round', () => {
  /** Who is best for all, with room and nights, as a line. */
  const placesOf = (live: Live) => [...live.rows.keys()].flatMap((id) => {
    const place = bestPlace(live, id)
    return place?.mark === 'BEST_FOR_ALL' ? [`${id} ${place.roomId} ${place.nights.from} ${place.nights.until}`] : []
  }).sort()

  it('places whom the passes of a round would place, and there, also after changes', () => {
    let later = 0
    fc.assert(
      fc.property(anyRound, (any) => {
        const round = { ...any, groups: [], needs: any.needs.map((one) => ({ ...one, groupId: null, splitAllowed: false, relayAllowed: false })) }
        const market = openMarket(round)
        const { placed, passes } = placeInPasses(market, market.waiting, beginWatch({}))
        const planned = placed.map(({ party, room, facts }) => `${party.asked.need.id} ${room.offer.id} ${facts.need.nights.from} ${facts.need.nights.until}`).sort()
        expect(placesOf(openLive(round))).toEqual(planned)
        const hosts = groupBy(round.rooms, ({ hostId }) => hostId).map(([hostId, offers]) => ({ hostId, offers }))
        const half = openLive({ ...round, needs: round.needs.slice(0, 3), rooms: hosts.slice(1).flatMap(({ offers }) => offers) })
        const emptied = withChanges(half, { arrivals: round.needs.slice(3), apart: round.apart, gone: [], hosts: hosts.map(({ hostId }) => ({ hostId, offers: [] })) })
        expect(placesOf(hosts.reverse().reduce(withRooms, emptied))).toEqual(planned)
        later += passes.slice(1).reduce((sum, { assigned }) => sum + assigned, 0)
      }),
      { numRuns: 500 },
    )
    expect(later).toBeGreaterThan(50)
  })
})

describe('cities in memory', () => {
  const needs = ['a', 'b', 'c'].map((id) => waits({ id }))
  const fitting = room({ id: 'fits', hostId: 'one' })
  const tight = ['x', 'y', 'z'].map((id) => room({ id, hostId: id, beds: 1 }))

  it('are as large as what can be had there, however much else is free', () => {
    const memory = openMemory(3)
    const live = openLive(roundOf({ needs, rooms: [fitting, ...tight] }))
    expect(memory.keep('almaty', live)).toBe(true)
    expect(memory.take('almaty')).toBe(live)
    expect(memory.take('almaty')).toBeUndefined()
    expect(memory.keep('almaty', withRooms(live, { hostId: 'x', offers: [room({ id: 'x', hostId: 'x' })] }))).toBe(false)
    expect(memory.take('almaty')).toBeUndefined()
  })

  it('give way to those that changed later', () => {
    const memory = openMemory(6)
    const live = openLive(roundOf({ needs, rooms: [fitting] }))
    for (const cityId of ['almaty', 'oral', 'almaty', 'astana']) memory.keep(cityId, live)
    expect(['almaty', 'oral', 'astana'].map((cityId) => memory.take(cityId) !== undefined)).toEqual([true, false, true])
  })
})

describe('a live city', () => {
  const small = room({ id: 'small', hostId: 'one', homeId: 'one' })
  const large = room({ id: 'large', hostId: 'two', homeId: 'two', beds: 4 })

  it('gives the couple the room that leaves the large one to the family', () => {
    const couple = waits({ id: 'couple' })
    const family = waits({ id: 'family', adults: 2, childrenAges: [3, 5] })
    const live = openLive(roundOf({ needs: [couple, family], rooms: [small, large] }))
    expect(bestPlace(live, 'couple')).toEqual({ arrivalId: 'couple', roomId: 'small', nights: run('10-09', '10-12'), shiftNights: 0, score: expect.any(Number) as number, mark: 'BEST_FOR_ALL' })
    const taken = withRooms(live, { hostId: 'one', offers: [{ ...small, free: [] }] })
    expect(bestPlace(taken, 'couple')).toMatchObject({ roomId: 'large', mark: 'BEST_ALONE' })
    expect(bestGuests(taken, 'large').map(({ arrivalId }) => arrivalId)).toEqual(['family'])
  })

  it('gives the ends of a run to those who still wait, and does not say that others need them', () => {
    const first = waits({ id: 'first', nights: run('10-02', '10-05') }, { priority: 500 })
    const second = waits({ id: 'second', nights: run('10-20', '10-23') })
    const open = { ...small, free: [run('10-01', '10-31')] }
    const live = openLive(roundOf({ needs: [second, first], rooms: [open] }))
    expect(bestPlace(live, 'first')).toMatchObject({ roomId: 'small', mark: 'BEST_FOR_ALL' })
    expect(bestPlace(live, 'second')).toMatchObject({ roomId: 'small', nights: run('10-20', '10-23'), mark: 'BEST_FOR_ALL' })
    expect(bestGuests(live, 'small').map(({ arrivalId }) => arrivalId)).toEqual(['first', 'second'])
    const resting = openLive(roundOf({ needs: [second, first], rooms: [{ ...open, restNights: 16 }] }))
    expect(bestPlace(resting, 'second')).toMatchObject({ roomId: 'small', mark: 'BEST_ALONE' })
  })

  it('says who should get a room that is freed: the most urgent whom it fits', () => {
    const live = openLive(roundOf({ needs: [waits({ id: 'a' }), waits({ id: 'b' }, { priority: 500 })], rooms: [] }))
    expect(bestPlace(live, 'b')).toBeNull()
    const freed = withRooms(live, { hostId: 'one', offers: [small] })
    expect(bestGuests(freed, 'small').map(({ arrivalId, mark }) => [arrivalId, mark])).toEqual([['b', 'BEST_FOR_ALL']])
    expect(bestPlace(freed, 'a')).toMatchObject({ roomId: 'small', mark: 'BEST_ALONE' })
  })

  it('keeps pairs apart, leaves groups to a round, and knows nobody who is not there', () => {
    const live = openLive(roundOf({ needs: [waits({ id: 'member' }, { groupId: 'g' })], rooms: [small] }))
    expect(bestPlace(live, 'member')).toBeNull()
    const joined = withArrival(withArrival(live, { asked: waits({ id: 'joins' }), apart }), { asked: waits({ id: 'joins' }, { groupId: 'g' }), apart })
    expect(bestPlace(joined, 'joins')).toBeNull()
    const blocked = withArrival(live, { asked: waits({ id: 'a' }), apart: { blocked: new Set(['a:one']), refused: new Set() } })
    expect(bestPlace(blocked, 'a')).toBeNull()
    expect(bestPlace(blocked, 'nobody')).toBeNull()
    expect(bestGuests(openLive(roundOf({})), 'small')).toEqual([])
  })

  it('shifts a stay as agreed, and takes rooms of one host only', () => {
    const late = { ...small, free: [run('10-10', '10-20')] }
    const live = openLive(roundOf({ needs: [waits({ flexibleNights: 2 })], rooms: [late] }))
    expect(bestPlace(live, 'arrival')).toMatchObject({ nights: run('10-10', '10-13'), shiftNights: 1, mark: 'BEST_FOR_ALL' })
    expect(() => withRooms(live, { hostId: 'one', offers: [large] })).toThrow(RangeError)
  })
})
