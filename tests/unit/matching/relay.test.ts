import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { firstMismatch } from '@/lib/matching/eligibility'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { findRelay } from '@/lib/matching/relay'
import { numberLanguages, readNeed, readRooms, readStrangers } from '@/lib/matching/round-facts'
import { scoreRoom } from '@/lib/matching/score'
import { startLater } from '@/lib/matching/shift'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { addDays, daysBetween } from '@/lib/time/day'
import { countNights } from '@/lib/time/nights'
import { anyNeed, need, room, run } from './build'
import { play, said, waits } from './round-world'

function relayOf(rooms: readonly RoomOffer[], asked: ShelterNeed) {
  const toBits = numberLanguages()
  const facts = readNeed(asked, toBits, readStrangers({ blocked: new Set(), refused: new Set() }, new Set()))
  return findRelay({ rooms: readRooms(rooms, toBits), facts, policy })
}

function chainOf(rooms: readonly RoomOffer[], asked: ShelterNeed): string | null {
  const legs = relayOf(rooms, asked)
  return legs?.map((leg) => `${leg.room.offer.id} ${countNights(leg.facts.need.nights)}`).join(', ') ?? null
}

const ten = need({ nights: run('10-01', '10-11') })

test.each<[string, RoomOffer[], ShelterNeed, string | null]>([
  ['two rooms in turn', [room({ id: 'a', free: [run('10-01', '10-05')] }), room({ id: 'b', free: [run('10-05', '10-20')] })], ten, 'a 4, b 6'],
  ['one room where one is enough', [room({ id: 'a' }), room({ id: 'b', free: [run('10-01', '10-05')] })], ten, 'a 10'],
  ['a night in between that nobody has', [room({ id: 'a', free: [run('10-01', '10-05')] }), room({ id: 'b', free: [run('10-06', '10-20')] })], ten, null],
  ['no leg of one night', [room({ id: 'a', free: [run('10-01', '10-10')] }), room({ id: 'b', free: [run('10-10', '10-11')] })], ten, null],
  ['a leg of two nights, which may be', [room({ id: 'a', free: [run('10-01', '10-09')] }), room({ id: 'b', free: [run('10-09', '10-11')] })], ten, 'a 8, b 2'],
  ['fewer moves before better rooms', [
    room({ id: 'a', free: [run('10-01', '10-06')], confirmedDaysAgo: 14 }), room({ id: 'b', free: [run('10-06', '10-11')], confirmedDaysAgo: 14 }),
    ...['10-01..10-05', '10-05..10-08', '10-08..10-11'].map((text, index) => room({ id: `fresh-${index}`, free: [run(text.slice(0, 5), text.slice(7))] })),
  ], ten, 'a 5, b 5'],
  ['a host who takes a week at most', [room({ id: 'a', longestStayNights: 7, free: [run('10-01', '10-11')] }), room({ id: 'b', free: [run('10-08', '10-11')] })], ten, 'a 7, b 3'],
  ['not the same room twice running', [room({ id: 'a', longestStayNights: 5, free: [run('10-01', '10-11')] })], ten, null],
  ['notice that only the first evening lacks', [
    room({ id: 'a', noticeHours: 24, free: [run('10-01', '10-11')] }), room({ id: 'b', free: [run('10-01', '10-04')] }),
  ], need({ nights: run('10-01', '10-11'), hoursUntilFirstEvening: 2 }), 'b 3, a 7'],
  ['a host with two rooms who rests in between', [
    room({ id: 'a', restNights: 1, free: [run('10-01', '10-06')] }), room({ id: 'b', restNights: 1, free: [run('10-06', '10-11')] }),
  ], ten, null],
  ['a larger room from the day the family comes', [
    room({ id: 'small', beds: 2, free: [run('10-01', '10-11')] }), room({ id: 'large', beds: 4, free: [run('10-03', '10-11')] }),
  ], need({ nights: run('10-01', '10-11'), growth: { persons: 2, from: '2022-10-05' } }), 'small 4, large 6'],
  ['five rooms, which would be too many moves', [1, 3, 5, 7, 9].map((day) => room({ id: `r${day}`, free: [run(`10-0${day}`, `10-${String(day + 2).padStart(2, '0')}`)] })), ten, null],
  ['four rooms', [1, 3, 5, 7].map((day) => room({ id: `r${day}`, free: [run(`10-0${day}`, day === 7 ? '10-11' : `10-0${day + 2}`)] })), ten, 'r1 2, r3 2, r5 2, r7 4'],
  ['three nights, too few to move', [room({ id: 'a', free: [run('10-01', '10-03')] }), room({ id: 'b', free: [run('10-03', '10-04')] })], need({ nights: run('10-01', '10-04') }), null],
])('%s', (_name, rooms, asked, expected) => {
  expect(chainOf(rooms, asked)).toBe(expected)
})

describe('laws of a relay, against trying every chain', () => {
  interface Leg { room: RoomOffer; start: number; end: number; points: number }

  function legNeed(asked: ShelterNeed, start: number, end: number): ShelterNeed {
    const moved = start === 0 ? asked : startLater(asked, start)!
    return { ...moved, nights: { from: addDays(asked.nights.from, start), until: addDays(asked.nights.from, end) } }
  }

  /** The most points of a chain of the fewest legs; every leg is asked beside all legs before it. */
  function bestByForce(rooms: readonly RoomOffer[], asked: ShelterNeed): { legs: number; points: number } | null {
    const nights = countNights(asked.nights)
    let best: { legs: number; points: number } | null = null
    const visit = (chain: readonly Leg[], night: number, points: number): void => {
      if (night === nights) {
        if (best === null || chain.length < best.legs || (chain.length === best.legs && points > best.points)) best = { legs: chain.length, points }
        return
      }
      if (chain.length === 4) return
      for (let end = night + 2; end <= nights; end += 1) {
        const one = legNeed(asked, night, end)
        for (const offer of rooms) {
          if (chain.at(-1)?.room === offer) continue
          const stays = chain.filter((leg) => leg.room.hostId === offer.hostId).map((leg) => legNeed(asked, leg.start, leg.end).nights)
          if (firstMismatch({ ...offer, hostStays: [...offer.hostStays, ...stays] }, one) !== null) continue
          const score = scoreRoom({ room: offer, need: one, policy }).score
          visit([...chain, { room: offer, start: night, end, points: score }], end, points + score)
        }
      }
    }
    visit([], 0, 0)
    return best
  }

  const piece = fc.record({
    start: fc.integer({ min: 0, max: 8 }), nights: fc.integer({ min: 2, max: 7 }), host: fc.constantFrom('h1', 'h2', 'h3'),
    shortest: fc.constantFrom(1, 1, 3), longest: fc.constantFrom(4, 60), notice: fc.constantFrom(0, 0, 30), stale: fc.integer({ min: 0, max: 14 }), beds: fc.constantFrom(2, 2, 3, 4),
  })
  const hosts = fc.record({ rest: fc.constantFrom(0, 0, 1), limit: fc.constantFrom(null, null, 1, 2) })
  const anyPieces = fc.tuple(fc.array(piece, { minLength: 2, maxLength: 7 }), fc.tuple(hosts, hosts, hosts)).map(([pieces, rules]) =>
    pieces.map((one, index) => {
      const rule = rules[Number(one.host.slice(1)) - 1]!
      return room({
        id: `room-${index}`, homeId: one.host, hostId: one.host, restNights: rule.rest, staysInRowLimit: rule.limit, rowBreakNights: 3,
        free: [{ from: addDays('2022-10-01', one.start), until: addDays('2022-10-01', one.start + one.nights) }],
        shortestStayNights: one.shortest, longestStayNights: one.longest, noticeHours: one.notice, confirmedDaysAgo: one.stale, beds: one.beds,
      })
    }))
  const anyStay = fc.tuple(fc.integer({ min: 4, max: 9 }), anyNeed, fc.constantFrom(2, 48)).map(([nights, wild, hours]) =>
    need({ nights: { from: '2022-10-01', until: addDays('2022-10-01', nights) }, growth: wild.growth && { persons: 1, from: wild.growth.from }, hoursUntilFirstEvening: hours }))

  it('the fewest moves and the most points are found whenever there is a chain', () => {
    const lengths = new Map<number, number>()
    fc.assert(
      fc.property(anyPieces, anyStay, (rooms, asked) => {
        const legs = relayOf(rooms, asked)
        expect(legs && { legs: legs.length, points: legs.reduce((sum, { points }) => sum + points, 0) }).toEqual(bestByForce(rooms, asked))
        const length = legs?.length ?? 0
        lengths.set(length, (lengths.get(length) ?? 0) + 1)
      }),
      { numRuns: 2500 },
    )
    for (const length of [0, 1, 2, 3]) expect(lengths.get(length) ?? 0).toBeGreaterThan(20)
  })

  it('legs follow each other and cover every night', () => {
    fc.assert(
      fc.property(anyPieces, anyStay, (rooms, asked) => {
        const legs = relayOf(rooms, asked)
        if (legs === null) return
        expect(legs[0]?.facts.need.nights.from).toBe(asked.nights.from)
        expect(legs.at(-1)?.facts.need.nights.until).toBe(asked.nights.until)
        legs.slice(1).forEach((leg, index) => expect(daysBetween(legs[index]!.facts.need.nights.until, leg.facts.need.nights.from)).toBe(0))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a relay in a round', () => {
  const rooms = [room({ id: 'a', hostId: 'a', free: [run('10-01', '10-05')] }), room({ id: 'b', hostId: 'b', free: [run('10-05', '10-11')] })]

  it('comes after single stays, and only for those who may move', () => {
    const long = { nights: run('10-01', '10-11') }
    expect(play({ rooms, needs: [waits({ ...long, id: 'stays' })] }).plans).toEqual([])
    expect(play({ rooms, needs: [waits({ ...long, id: 'moves' }, { relayAllowed: true })] }).plans.map(said)).toEqual([
      'moves RELAY a 10-01..10-05, b 10-05..10-11',
    ])
    const both = play({ rooms, needs: [waits({ ...long, id: 'moves' }, { relayAllowed: true, priority: 900 }), waits({ id: 'short', nights: run('10-06', '10-08') })] })
    expect(both.plans.map(said)).toEqual(['short SINGLE b 10-06..10-08'])
  })

  it('shifts as far as was agreed when only that closes the gap', () => {
    const later = [room({ id: 'a', hostId: 'a', free: [run('10-02', '10-06')] }), room({ id: 'b', hostId: 'b', free: [run('10-06', '10-12')] })]
    const asked = waits({ nights: run('10-01', '10-11'), flexibleNights: 1 }, { relayAllowed: true })
    expect(play({ rooms: later, needs: [asked] }).plans.map((plan) => [said(plan), plan.shiftNights])).toEqual([
      ['arrival RELAY a 10-02..10-06, b 10-06..10-12', 1],
    ])
  })
})
