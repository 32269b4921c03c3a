import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DEFAULT_POLICY, PRIORITY_PARTS, WISHES, type Policy, type Wish } from '@/lib/matching/policy'
import { priorityOf, type UrgencyFacts } from '@/lib/matching/priority'
import { scoreRoom } from '@/lib/matching/score'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { anyNeed, anyRoom, need, room, run } from './build'

const policy = DEFAULT_POLICY

function pointsOf(wish: Wish, overRoom: Partial<RoomOffer>, overNeed: Partial<ShelterNeed>): number | undefined {
  const { wishes } = scoreRoom({ room: room(overRoom), need: need(overNeed), policy })
  return wishes.find((one) => one.wish === wish)?.points
}

type Case = [name: string, wish: Wish, room: Partial<RoomOffer>, need: Partial<ShelterNeed>, points: number | undefined]

test.each<Case>([
  ['every bed slept in', 'RIGHT_SIZE', { beds: 2 }, {}, 20],
  ['half the beds slept in', 'RIGHT_SIZE', { beds: 4 }, {}, 10],
  ['a bed kept for somebody who joins', 'RIGHT_SIZE', { beds: 4 }, { growth: { persons: 2, from: '2022-10-10' } }, 20],
  ['too few beds', 'RIGHT_SIZE', { beds: 1 }, {}, 0],
  ['the only wanted city', 'WANTED_CITY', {}, {}, undefined],
  ['the first wanted city of two', 'WANTED_CITY', {}, { cityIds: ['almaty', 'astana'] }, 10],
  ['the second wanted city of two', 'WANTED_CITY', {}, { cityIds: ['astana', 'almaty'] }, 5],
  ['a city nobody wanted', 'WANTED_CITY', {}, { cityIds: ['astana', 'bishkek'] }, 0],
  ['the wanted district', 'WANTED_DISTRICT', {}, { districtId: 'almaly' }, 15],
  ['another district', 'WANTED_DISTRICT', {}, { districtId: 'medeu' }, 0],
  ['an unknown district', 'WANTED_DISTRICT', { districtId: null }, { districtId: 'medeu' }, 0],
  ['no wanted district', 'WANTED_DISTRICT', { districtId: null }, {}, undefined],
  ['a language in common', 'COMMON_LANGUAGE', {}, { languages: ['en', 'ru'] }, 12],
  ['no language in common', 'COMMON_LANGUAGE', {}, { languages: ['en'] }, 0],
  ['all nights in one run', 'NO_MOVE', {}, {}, 8],
  ['two of four nights in one run', 'NO_MOVE', { free: [run('10-09', '10-11')] }, { nights: run('10-09', '10-13') }, 4],
  ['no night free', 'NO_MOVE', { free: [] }, {}, 0],
  ['quiet where it is wished', 'QUIET', { quiet: true }, { quietWished: true }, 5],
  ['noise where quiet is wished', 'QUIET', {}, { quietWished: true }, 0],
  ['quiet that nobody wished', 'QUIET', { quiet: true }, {}, undefined],
  ['a bath of one’s own', 'PRIVATE_BATH', { privateBath: true }, { privateBathWished: true }, 5],
  ['a door of one’s own', 'OWN_ENTRANCE', { ownEntrance: true }, { ownEntranceWished: true }, 5],
  ['a host without a stay before', 'HOST_RESTED', {}, {}, 5],
  ['a host whose guests leave today', 'HOST_RESTED', { hostStays: [run('10-05', '10-09')] }, {}, 0],
  ['a host six nights rested', 'HOST_RESTED', { hostStays: [run('10-01', '10-03')] }, {}, 4],
  ['a host a week rested', 'HOST_RESTED', { hostStays: [run('10-01', '10-02')] }, {}, 5],
  ['a host a month rested', 'HOST_RESTED', { hostStays: [run('09-01', '09-09')] }, {}, 5],
  ['a stay before the next one', 'HOST_RESTED', { hostStays: [run('10-14', '10-20')] }, {}, 5],
  ['guests who are still in another room', 'HOST_RESTED', { hostStays: [run('10-01', '10-20')] }, {}, 0],
  ['guests of the same home who left after others came', 'HOST_RESTED', { hostStays: [run('09-20', '10-09'), run('10-01', '10-02')] }, {}, 0],
  ['an offer confirmed today', 'FRESH_OFFER', { confirmedDaysAgo: 0 }, {}, 5],
  ['an offer half gone stale', 'FRESH_OFFER', { confirmedDaysAgo: 7 }, {}, 3],
  ['an offer a fortnight old', 'FRESH_OFFER', { confirmedDaysAgo: 14 }, {}, 0],
  ['an offer a year old', 'FRESH_OFFER', { confirmedDaysAgo: 365 }, {}, 0],
  ['a host who always answers', 'HOST_ANSWERS', { answerRate: 1 }, {}, 5],
  ['a host who never answers', 'HOST_ANSWERS', { answerRate: 0 }, {}, 0],
  ['a host nobody has asked yet', 'HOST_ANSWERS', { answerRate: null }, {}, 4],
  ['no gap on either side', 'USABLE_GAP', { free: [run('10-09', '10-12')] }, {}, 5],
  ['an orphan night after the stay', 'USABLE_GAP', { free: [run('10-09', '10-13')] }, {}, 3],
  ['two usable nights after the stay', 'USABLE_GAP', { free: [run('10-09', '10-14')] }, {}, 5],
  ['two nights that are shorter than the shortest stay', 'USABLE_GAP', { free: [run('10-09', '10-14')], shortestStayNights: 3 }, {}, 3],
  ['an orphan night on both sides', 'USABLE_GAP', { free: [run('10-08', '10-13')] }, {}, 0],
])('%s: %s', (_name, wish, overRoom, overNeed, points) => {
  expect(pointsOf(wish, overRoom, overNeed)).toBe(points)
})

test('the default wishes add up to 100', () => {
  expect(WISHES.reduce((sum, wish) => sum + policy.wishes[wish], 0)).toBe(100)
})

const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  name: fc.constant('trial'),
  version: fc.integer({ min: 1, max: 9 }),
  wishes: fc.record(Object.fromEntries(WISHES.map((wish) => [wish, fc.nat(50)]))),
  priority: fc.record(Object.fromEntries(PRIORITY_PARTS.map((part) => [part, fc.nat(2000)]))),
  scales: fc.record({
    restedNights: fc.integer({ min: 1, max: 30 }),
    staleDays: fc.integer({ min: 1, max: 30 }),
    unknownAnswerRate: fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
    usableGapNights: fc.integer({ min: 1, max: 5 }),
    waitingNights: fc.integer({ min: 1, max: 60 }),
    persons: fc.integer({ min: 1, max: 50 }),
  }),
})

describe('laws of the score', () => {
  it('the score is the sum of its points, each whole and within its maximum, in the order of the wishes', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, anyPolicy, (offer, asked, weights) => {
        const { score, maximum, wishes } = scoreRoom({ room: offer, need: asked, policy: weights })
        expect(score).toBe(wishes.reduce((sum, { points }) => sum + points, 0))
        expect(maximum).toBe(wishes.reduce((sum, one) => sum + one.maximum, 0))
        expect(wishes.every((one) => Number.isInteger(one.points) && one.points >= 0 && one.points <= one.maximum)).toBe(true)
        expect(wishes.every((one) => one.maximum === weights.wishes[one.wish])).toBe(true)
        expect(wishes.map(({ wish }) => wish)).toEqual(WISHES.filter((wish) => wishes.some((one) => one.wish === wish)))
      }),
    )
  })

  it('two rooms for one need can earn the same maximum', () => {
    fc.assert(
      fc.property(anyRoom, anyRoom, anyNeed, (one, other, asked) => {
        const maximumOf = (offer: RoomOffer) => scoreRoom({ room: offer, need: asked, policy }).maximum
        expect(maximumOf(one)).toBe(maximumOf(other))
      }),
    )
  })

  it('a fresher offer and a better answer rate never earn less', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const scoreOf = (over: Partial<RoomOffer>) => scoreRoom({ room: { ...offer, ...over }, need: asked, policy }).score
        expect(scoreOf({ confirmedDaysAgo: 0, answerRate: 1 })).toBeGreaterThanOrEqual(scoreOf({}))
      }),
    )
  })
})

describe('priority', () => {
  const calm: UrgencyFacts = {
    nowhereTonight: false,
    children: false,
    illness: false,
    dangerOnReturn: false,
    brokenPlacement: false,
    waitingNights: 0,
    persons: 1,
  }

  function totalOf(over: Partial<UrgencyFacts>): number {
    return priorityOf({ ...calm, ...over }, policy).total
  }

  test.each<[string, Partial<UrgencyFacts>, number]>([
    ['a single person who has a bed tonight', {}, 1],
    ['nowhere to sleep tonight', { nowhereTonight: true }, 1601],
    ['children', { children: true }, 801],
    ['illness', { illness: true }, 801],
    ['children and illness, which count once', { children: true, illness: true }, 801],
    ['danger on return', { dangerOnReturn: true }, 401],
    ['a broken placement', { brokenPlacement: true }, 201],
    ['one night of waiting', { waitingNights: 1 }, 3],
    ['59 nights of waiting', { waitingNights: 59 }, 119],
    ['60 nights of waiting', { waitingNights: 60 }, 121],
    ['a year of waiting', { waitingNights: 365 }, 121],
    ['a clock that ran backwards', { waitingNights: -3 }, 1],
    ['a party of 16', { persons: 16 }, 16],
    ['a party of 50', { persons: 50 }, 50],
  ])('%s', (_name, over, expected) => {
    expect(totalOf(over)).toBe(expected)
  })

  it('each part outweighs all the parts below it together', () => {
    const weights = PRIORITY_PARTS.map((part) => policy.priority[part])
    weights.forEach((weight, index) => {
      expect(weight).toBeGreaterThan(weights.slice(index + 1).reduce((sum, one) => sum + one, 0))
    })
  })

  it('is shown part by part, in one order, and adds up', () => {
    const anyFacts = fc.record({
      nowhereTonight: fc.boolean(),
      children: fc.boolean(),
      illness: fc.boolean(),
      dangerOnReturn: fc.boolean(),
      brokenPlacement: fc.boolean(),
      waitingNights: fc.nat(400),
      persons: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, weights) => {
        const { total, maximum, parts } = priorityOf(facts, weights)
        expect(parts.map(({ part }) => part)).toEqual(PRIORITY_PARTS)
        expect(total).toBe(parts.reduce((sum, { points }) => sum + points, 0))
        expect(total).toBeLessThanOrEqual(maximum)
        expect(parts.every(({ points, maximum: most }) => points >= 0 && points <= most)).toBe(true)
        const longer = priorityOf({ ...facts, waitingNights: facts.waitingNights + 1 }, weights)
        expect(longer.total).toBeGreaterThanOrEqual(total)
      }),
    )
  })
})
