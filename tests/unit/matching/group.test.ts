import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { firstMismatch } from '@/lib/matching/eligibility'
import { MOST_MINUTES, minutesBetween } from '@/lib/matching/group'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { playRound } from '@/lib/matching/round'
import type { RoundInput, RoundNeed, RoundResult, Togetherness } from '@/lib/matching/round-types'
import { scoreRoom } from '@/lib/matching/score'
import type { RoomOffer } from '@/lib/matching/types'
import { room, run } from './build'
import { faultsOf, play, roundOf, waits } from './round-world'

/** Homes on a line to the east, this many minutes from the first, 0.25 km each; `null`: nobody knows where it is. */
function homesAt(minutes: Record<string, number | null>): RoundInput['places'] {
  const kmPerDegree = 111.195 * Math.cos((43.25 * Math.PI) / 180)
  const known = Object.entries(minutes).flatMap(([id, at]) => (at === null ? [] : [[id, { lat: 43.25, lon: 76.9 + (at * 0.25 * 0.999) / kmPerDegree }] as const]))
  return Object.fromEntries(known)
}

function roomsIn(homes: Record<string, number>, over: Partial<RoomOffer> = {}): RoomOffer[] {
  return Object.entries(homes).flatMap(([homeId, count]) => Array.from({ length: count }, (_, index) => room({ id: `${homeId}${index}`, homeId, hostId: homeId, districtId: null, ...over })))
}

function colleagues(count: number, over: Partial<RoundNeed['need']> = {}): RoundNeed[] {
  return Array.from({ length: count }, (_, index) => waits({ id: `c${String(index).padStart(2, '0')}`, ...over }, { groupId: 'company' }))
}

function playGroup(count: number, together: Togetherness, over: Partial<RoundInput> & { partAllowed?: boolean; wish?: Partial<RoundNeed['need']> }): RoundResult {
  const { partAllowed = false, wish, ...input } = over
  return play({ needs: colleagues(count, wish), groups: [{ id: 'company', together, partAllowed }], ...input })
}

function homesOf({ plans }: RoundResult): string[] {
  return [...new Set(plans.flatMap(({ legs }) => legs.map(({ roomId }) => roomId.replace(/\d+$/, ''))))].sort()
}

const line = homesAt({ a: 0, b: 4, c: 20, d: 29, e: 70, f: null })

test.each<[string, number, Togetherness, Record<string, number>, string[]]>([
  ['one home that has room for all, though others are nearer to each other', 4, 'SAME_CITY', { a: 2, b: 2, f: 4 }, ['f']],
  ['two homes four minutes apart before three that are farther', 4, 'WITHIN_MINUTES', { a: 2, b: 2, c: 1, d: 3 }, ['a', 'b']],
  ['nobody, where one home is asked and none is large enough', 4, 'SAME_HOME', { a: 2, b: 2 }, []],
  ['nobody, where the second home is more than half an hour away', 4, 'WITHIN_MINUTES', { a: 2, e: 2 }, []],
  ['the same homes, where one city is near enough', 4, 'SAME_CITY', { a: 2, e: 2 }, ['a', 'e']],
  ['a home nobody knows the place of, where one city is near enough', 4, 'SAME_CITY', { a: 2, f: 2 }, ['a', 'f']],
  ['half an hour around a home in the middle', 3, 'WITHIN_MINUTES', { a: 1, c: 1, d: 1 }, ['a', 'c', 'd']],
])('a group gets %s', (_name, count, together, homes, expected) => {
  const result = playGroup(count, together, { rooms: roomsIn(homes), places: line })
  expect(homesOf(result)).toEqual(expected)
  expect(result.plans).toHaveLength(expected.length === 0 ? 0 : count)
  expect(result.plans.every(({ kind, groupId }) => kind === 'GROUP' && groupId === 'company')).toBe(true)
})

describe('sixteen colleagues', () => {
  it('and beds for eleven: nobody is placed, and the answer says eleven of sixteen', () => {
    const result = playGroup(16, 'WITHIN_MINUTES', { rooms: roomsIn({ a: 6, b: 5 }), places: line })
    expect(result.plans).toEqual([])
    expect(result.left.map(({ reason }) => reason)).toEqual(Array(16).fill('GROUP_NOT_WHOLE'))
    expect(result.left[0]?.group).toEqual({ id: 'company', placeable: 11, members: 16, couldBePlaced: true })
    expect(result.left.filter(({ group }) => group?.couldBePlaced)).toHaveLength(11)
    expect(result.left.every(({ needsDecision, group }) => needsDecision === group?.couldBePlaced)).toBe(true)
  })

  it('are placed in part where the organiser allows it, the most urgent first', () => {
    const needs = colleagues(4).map((one, index) => ({ ...one, priority: index === 3 ? 500 : 100 }))
    const result = play({ needs, groups: [{ id: 'company', together: 'SAME_HOME', partAllowed: true }], rooms: roomsIn({ a: 2, b: 1 }) })
    expect(result.plans.map(({ arrivalId }) => arrivalId)).toEqual(['c03', 'c00'])
    expect(result.left.map(({ arrivalId, reason, group }) => [arrivalId, reason, group?.placeable])).toEqual([['c01', 'GROUP_REST', 2], ['c02', 'GROUP_REST', 2]])
    expect(result.left.some(({ needsDecision }) => needsDecision), 'nothing of theirs waits for a decision').toBe(false)
  })

  it('with what would help those for whom no room is left', () => {
    const rooms = [...roomsIn({ a: 2 }), room({ id: 'late', homeId: 'a', hostId: 'a', free: [run('10-10', '10-31')] })]
    const result = playGroup(3, 'SAME_HOME', { rooms, partAllowed: true })
    expect(result.left).toMatchObject([{ reason: 'GROUP_REST', nearest: { roomId: 'late', change: { kind: 'COME_LATER', nights: 1 } }, needsDecision: true }])
  })

  it('move together when all of them agreed to', () => {
    const rooms = roomsIn({ a: 3 }, { free: [run('10-10', '10-31')] })
    const result = playGroup(3, 'SAME_HOME', { rooms, wish: { flexibleNights: 2 } })
    expect(result.plans.map(({ legs: [leg], shiftNights }) => [leg?.from, shiftNights])).toEqual(Array(3).fill(['2022-10-10', 1]))
  })

  it('are larger than the city: a clear answer', () => {
    const result = playGroup(16, 'SAME_CITY', { rooms: roomsIn({ a: 3 }) })
    expect(result.left.map(({ reason, group }) => [reason, group?.placeable])).toEqual(Array(16).fill(['GROUP_NOT_WHOLE', 3]))
    expect(playGroup(16, 'SAME_CITY', { rooms: [] }).left.map(({ group, needsDecision }) => [group?.placeable, needsDecision])).toEqual(Array(16).fill([0, false]))
  })

  it('come before single parties, who get what is left', () => {
    const result = play({
      needs: [...colleagues(2), waits({ id: 'urgent' }, { priority: 900 })],
      groups: [{ id: 'company', together: 'SAME_HOME', partAllowed: false }],
      rooms: roomsIn({ a: 2, b: 1 }),
    })
    expect(result.plans.map(({ arrivalId, kind, legs }) => [arrivalId, kind, legs[0]?.roomId.slice(0, 1)])).toEqual([
      ['c00', 'GROUP', 'a'], ['c01', 'GROUP', 'a'], ['urgent', 'SINGLE', 'b'],
    ])
  })

  it('are one stay to a host who counts them', () => {
    const rooms = roomsIn({ a: 3 }, { staysInRowLimit: 1, restNights: 2 })
    const result = playGroup(3, 'SAME_HOME', { rooms })
    expect(result.plans).toHaveLength(3)
  })

  it('share a home whose host rests, where their nights overlap and so take no rest away', () => {
    const needs = ['10-01', '10-02'].map((from, index) => waits({ id: `c${index}`, nights: run(from, '10-05') }, { groupId: 'company' }))
    const together = { needs, groups: [{ id: 'company', together: 'SAME_HOME' as const, partAllowed: false }] }
    expect(play({ ...together, rooms: roomsIn({ a: 2 }, { restNights: 1 }) }).plans).toHaveLength(2)
    expect(play({ ...together, rooms: roomsIn({ a: 2 }, { restNights: 1, staysInRowLimit: 1 }) }).plans).toEqual([])
  })

  it('cannot belong to a group that is not given', () => {
    expect(() => play({ needs: colleagues(2) })).toThrow(RangeError)
  })
})

describe('laws of groups, against trying every seating', () => {
  interface Best { count: number; rank: number; points: number }

  function rankOf(homes: readonly string[], rooms: readonly RoomOffer[], round: RoundInput, together: Togetherness): number | null {
    if (new Set(homes).size <= 1) return 0
    if (together === 'SAME_HOME') return null
    const cityOf = (home: string) => rooms.find(({ homeId }) => homeId === home)!.cityId
    if (new Set(homes.map(cityOf)).size > 1) return null
    const points = homes.map((home) => round.places[home])
    const centres = [...new Set(rooms.filter(({ cityId }) => cityId === cityOf(homes[0]!)).map(({ homeId }) => homeId))].flatMap((home) => round.places[home] ?? [])
    const radii = centres.map((centre) => Math.max(...points.map((point) => (point ? minutesBetween(centre, point) : Infinity))))
    const radius = Math.min(...radii)
    if (radius <= MOST_MINUTES) return 1 + radius
    return together === 'SAME_CITY' ? 2 + MOST_MINUTES : null
  }

  /** The most members, then the nearest, then the most points, by seating every member everywhere. */
  function bestByForce(round: RoundInput): Best {
    const together = round.groups[0]!.together
    const open = round.rooms.filter((offer) => round.needs.some((one) => firstMismatch(offer, one.need) === null))
    let best: Best = { count: 0, rank: Infinity, points: 0 }
    const visit = (member: number, taken: readonly RoomOffer[], points: number): void => {
      const party = round.needs[member]
      if (party === undefined) {
        const rank = taken.length === 0 ? null : rankOf(taken.map(({ homeId }) => homeId), open, round, together)
        if (rank === null) return
        const isBetter = taken.length - best.count || best.rank - rank || points - best.points
        if (isBetter > 0) best = { count: taken.length, rank, points }
        return
      }
      visit(member + 1, taken, points)
      for (const offer of open) {
        if (taken.includes(offer) || firstMismatch(offer, party.need) !== null) continue
        visit(member + 1, [...taken, offer], points + scoreRoom({ room: offer, need: party.need, policy }).score)
      }
    }
    visit(0, [], 0)
    return best
  }

  const homes = fc.record({
    at: fc.option(fc.integer({ min: 0, max: 40 })), rooms: fc.integer({ min: 1, max: 3 }), city: fc.constantFrom('almaty', 'almaty', 'almaty', 'astana'),
    beds: fc.constantFrom(1, 2, 3), stale: fc.integer({ min: 0, max: 14 }), rest: fc.constantFrom(0, 0, 2),
  })
  const anyGroup = fc.tuple(
    fc.array(homes, { minLength: 1, maxLength: 4 }), fc.array(fc.record({ adults: fc.integer({ min: 1, max: 2 }), both: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    fc.constantFrom<Togetherness>('SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY'),
  ).map(([places, members, together]) => {
    const names = places.map((_place, index) => `h${'abcdefgh'[index]}`)
    return roundOf({
      needs: members.map(({ adults, both }, index) => waits({ id: `m${index}`, adults, cityIds: both ? ['almaty', 'astana'] : ['almaty'] }, { groupId: 'g' })),
      groups: [{ id: 'g', together, partAllowed: true }],
      rooms: places.flatMap((one, index) => Array.from({ length: one.rooms }, (_, number) => room({
        id: `${names[index]}${number}`, homeId: names[index]!, hostId: names[index]!, districtId: null, cityId: one.city, beds: one.beds, confirmedDaysAgo: (one.stale + number * 5) % 15, restNights: one.rest,
      }))),
      places: homesAt(Object.fromEntries(places.map((one, index) => [names[index]!, one.at]))),
    })
  })

  it('the most members, the nearest and the most points are found', () => {
    const ranks = new Set<number>()
    let whole = 0
    fc.assert(
      fc.property(anyGroup, (round) => {
        const result = playRound(round)
        const best = bestByForce(round)
        const taken = result.plans.map(({ legs }) => round.rooms.find(({ id }) => id === legs[0]?.roomId)!)
        const open = round.rooms.filter((offer) => round.needs.some((one) => firstMismatch(offer, one.need) === null))
        const rank = taken.length === 0 ? Infinity : rankOf(taken.map(({ homeId }) => homeId), open, round, round.groups[0]!.together)
        expect({ count: taken.length, rank, points: result.plans.reduce((sum, { score }) => sum + score, 0) }).toEqual(best)
        expect(faultsOf(round, result)).toEqual([])
        ranks.add(best.rank)
        whole += Number(best.count === round.needs.length)
      }),
      { numRuns: 1500 },
    )
    expect(ranks.size).toBeGreaterThan(10)
    expect(whole).toBeGreaterThan(200)
  })

  it('a group that must be whole is whole or not placed, and counts what part could be', () => {
    fc.assert(
      fc.property(anyGroup, (round) => {
        const result = playRound({ ...round, groups: round.groups.map((group) => ({ ...group, partAllowed: false })) })
        const { count } = bestByForce(round)
        const isWhole = count === round.needs.length
        expect(result.plans).toHaveLength(isWhole ? count : 0)
        expect(result.left.map(({ group }) => group?.placeable)).toEqual(isWhole ? [] : round.needs.map(() => count))
      }),
      { numRuns: 500 },
    )
  })

  it('members whose nights overlap are seated as if the hosts they share had no rest', () => {
    let mixed = 0
    fc.assert(
      fc.property(anyGroup, fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }), (round, starts) => {
        const needs = round.needs.map((one, index) => ({ ...one, need: { ...one.need, nights: run(`10-0${1 + starts[index]!}`, `10-0${3 + starts[index]!}`) } }))
        const { plans } = playRound({ ...round, needs })
        const best = bestByForce({ ...round, needs })
        expect({ count: plans.length, points: plans.reduce((sum, { score }) => sum + score, 0) }).toEqual({ count: best.count, points: best.points })
        mixed += Number(plans.length > 1 && new Set(starts.slice(0, needs.length)).size > 1)
      }),
      { numRuns: 500 },
    )
    expect(mixed).toBeGreaterThan(50)
  })

  it('members with nights of their own keep the rules of hosts they share', () => {
    fc.assert(
      fc.property(anyGroup, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), (round, starts) => {
        const needs = round.needs.map((one, index) => ({ ...one, need: { ...one.need, nights: run(`10-0${1 + starts[index]!}`, `10-0${3 + starts[index]!}`) } }))
        const mixed = { ...round, needs }
        expect(faultsOf(mixed, playRound(mixed))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

test('a room takes one party, also of a group', () => {
  expect(playGroup(2, 'SAME_HOME', { rooms: [room({ beds: 4 })] }).plans).toEqual([])
})
