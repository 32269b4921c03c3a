import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { applyChange, changesToTry, findSmallestChange, type Change } from '@/lib/matching/changes'
import { findMismatches, MISMATCHES } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { freezeReasons, frozenReasonsSchema } from '@/lib/matching/reasons'
import { shiftNeed } from '@/lib/matching/shift'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { anyNeed, anyRoom, need, room, run } from './build'

const policy = DEFAULT_POLICY

type Case = [name: string, room: Partial<RoomOffer>, need: Partial<ShelterNeed>, expected: Change | null]

test.each<Case>([
  ['a room that fits needs no change', {}, {}, null],
  ['free a night too late: come a night later', { free: [run('10-10', '10-31')] }, {}, { kind: 'COME_LATER', nights: 1 }],
  ['free a night too late and not a night longer: start later', { free: [run('10-10', '10-12')] }, {}, { kind: 'START_LATER', nights: 1 }],
  ['free until a night too early: come a night earlier', { free: [run('10-01', '10-11')] }, {}, { kind: 'COME_EARLIER', nights: 1 }],
  ['free for a night less: leave a night earlier', { free: [run('10-09', '10-11')] }, {}, { kind: 'LEAVE_EARLIER', nights: 1 }],
  ['free the night before and the night after: come later, nobody sleeps yesterday', { free: [run('10-08', '10-09'), run('10-10', '10-11')] }, { nights: run('10-09', '10-10') }, { kind: 'COME_LATER', nights: 1 }],
  ['free in 14 nights: come 14 nights later', { free: [run('10-23', '10-26')] }, {}, { kind: 'COME_LATER', nights: 14 }],
  ['free in 15 nights: too far', { free: [run('10-24', '10-27')] }, {}, null],
  ['a shortest stay of a night more: stay a night longer', { shortestStayNights: 4 }, {}, { kind: 'STAY_LONGER', nights: 1 }],
  ['a longest stay of a night less: leave a night earlier', { longestStayNights: 2 }, {}, { kind: 'LEAVE_EARLIER', nights: 1 }],
  ['a longest stay far shorter: ask the host', { longestStayNights: 2 }, { nights: run('10-02', '10-30') }, { kind: 'HOST_AGREES', rule: 'TOO_LONG' }],
  ['two hours short of notice: come a night later', { noticeHours: 4 }, { hoursUntilFirstEvening: 2 }, { kind: 'COME_LATER', nights: 1 }],
  ['short of notice with no later night: ask the host', { noticeHours: 4, free: [run('10-09', '10-10')] }, { nights: run('10-09', '10-10'), hoursUntilFirstEvening: 2 }, { kind: 'HOST_AGREES', rule: 'TOO_LITTLE_NOTICE' }],
  ['a night of rest missing: come a night later', { hostStays: [run('10-01', '10-08')], restNights: 2 }, {}, { kind: 'COME_LATER', nights: 1 }],
  ['one bed short: one person fewer', { beds: 1 }, {}, { kind: 'FEWER_PERSONS', persons: 1 }],
  ['one bed short for a mother and child: one bed more', { beds: 1 }, { adults: 1, childrenAges: [3] }, { kind: 'MORE_BEDS', beds: 1 }],
  ['two beds short: two persons fewer', { beds: 2 }, { adults: 4 }, { kind: 'FEWER_PERSONS', persons: 2 }],
  ['three beds short: no single change', { beds: 1 }, { adults: 4 }, null],
  ['no bed for three who join: they sleep elsewhere', { beds: 2 }, { growth: { persons: 3, from: '2022-10-09' }, nights: run('10-09', '10-10') }, { kind: 'COME_EARLIER', nights: 1 }],
  ['no bed for three who have joined long ago', { beds: 2 }, { growth: { persons: 3, from: '2022-09-01' } }, { kind: 'GROWTH_ELSEWHERE', persons: 3 }],
  ['another city', { cityId: 'astana' }, {}, { kind: 'OTHER_CITY', cityId: 'astana' }],
  ['an animal', {}, { animals: true }, { kind: 'WITHOUT_ANIMALS' }],
  ['no children wanted: ask the host', { childrenWelcome: false, beds: 3 }, { childrenAges: [3] }, { kind: 'HOST_AGREES', rule: 'NO_CHILDREN' }],
  ['a night of rest missing before the next guests: come a night earlier', { hostStays: [run('10-13', '10-31')], restNights: 2 }, {}, { kind: 'COME_EARLIER', nights: 1 }],
  ['too near to guests on either side: ask the host', { free: [run('10-09', '10-12')], hostStays: [run('10-01', '10-08'), run('10-13', '10-31')], restNights: 2 }, {}, { kind: 'HOST_AGREES', rule: 'HOST_RESTS' }],
  ['a host at the limit: come when the row is over', { hostStays: [run('10-01', '10-08')], staysInRowLimit: 1 }, {}, { kind: 'COME_LATER', nights: 6 }],
  ['a host at the limit for weeks: ask the host', { hostStays: [run('10-01', '10-30')], staysInRowLimit: 1 }, {}, { kind: 'HOST_AGREES', rule: 'TOO_MANY_IN_ROW' }],
  ['two things at once: no single change', { cityId: 'astana' }, { animals: true }, null],
  ['safety is nothing to bargain with', { blocked: true }, {}, null],
  ['nor is a household of women', { womenOnlyGuests: true }, {}, null],
  ['nor are stairs', {}, { stepFree: true }, null],
])('%s', (_name, overRoom, overNeed, expected) => {
  const pair = { room: room(overRoom), need: need(overNeed) }
  expect(findSmallestChange(pair)).toEqual(expected)
  expect(explain(pair.room, pair.need, policy).smallestChange).toEqual(expected)
})

describe('shifting a need', () => {
  test.each([
    ['a night later', 10, 1, run('10-10', '10-13'), 34],
    ['a night earlier with a day to spare', 25, -1, run('10-08', '10-11'), 1],
    ['to an evening that has begun today', 19, -1, run('10-08', '10-11'), 0],
    ['later, when the evening has begun: counted from its midnight', 0, 1, run('10-10', '10-13'), 18],
    ['not at all', 0, 0, run('10-09', '10-12'), 0],
  ])('moves nights and hours together: %s', (_name, hours, shift, nights, expected) => {
    const moved = shiftNeed(need({ hoursUntilFirstEvening: hours }), shift)
    expect(moved).toEqual(need({ nights, hoursUntilFirstEvening: expected }))
  })

  test.each([
    ['a night earlier than tonight', 0, -1],
    ['to yesterday evening, at midnight', 18, -1],
    ['two nights earlier than tomorrow', 30, -2],
  ])('refuses a night in the past: %s', (_name, hours, shift) => {
    expect(shiftNeed(need({ hoursUntilFirstEvening: hours }), shift)).toBeNull()
  })
})

describe('laws of the smallest change', () => {
  it('the change is true: asked again, every rule holds', () => {
    let found = 0
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const change = findSmallestChange({ room: offer, need: asked })
        if (change === null) return
        found += 1
        const changed = applyChange(change, { room: offer, need: asked })
        expect(changed).not.toBeNull()
        expect(findMismatches(changed!.room, changed!.need)).toEqual([])
      }),
      { numRuns: 2000 },
    )
    expect(found).toBeGreaterThan(20)
  })

  it('no smaller change in the list would do, and when none is named none does', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        fc.pre(findMismatches(offer, asked).length > 0)
        const pair = { room: offer, need: asked }
        const doing = changesToTry(pair).filter((change) => {
          const changed = applyChange(change, pair)
          return changed !== null && findMismatches(changed.room, changed.need).length === 0
        })
        expect(findSmallestChange(pair)).toEqual(doing[0] ?? null)
      }),
      { numRuns: 500 },
    )
  })

  it('the list is bounded, and every change leaves a night, an adult and a day that is not past', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const changes = changesToTry({ room: offer, need: asked })
        expect(changes.length).toBeLessThanOrEqual(83)
        for (const change of changes) {
          const changed = applyChange(change, { room: offer, need: asked })
          if (changed === null) continue
          expect(changed.need.nights.from < changed.need.nights.until).toBe(true)
          expect(changed.need.adults).toBeGreaterThanOrEqual(1)
          expect(changed.need.childrenAges).toEqual(asked.childrenAges)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('the explanation', () => {
  it('names the best and the worst point with what was compared', () => {
    const offer = room({ beds: 4, confirmedDaysAgo: 3 })
    const { best, worst } = explain(offer, need({ districtId: 'medeu', languages: ['ru', 'en'] }), policy)
    expect(best).toEqual({ wish: 'COMMON_LANGUAGE', points: 12, maximum: 12, values: { languages: 'ru' } })
    expect(worst).toEqual({ wish: 'WANTED_DISTRICT', points: 0, maximum: 15, values: { district: 'almaly' } })
  })

  it('names no worst point where nothing was lost', () => {
    const { worst, score, maximum } = explain(room({ free: [run('10-09', '10-12')] }), need(), policy)
    expect(score).toBe(maximum)
    expect(worst).toBeNull()
  })

  it('says of a failing room the first failed rule and what the wishes would have earned', () => {
    const why = explain(room({ cityId: 'astana', beds: 1 }), need(), policy)
    expect(why).toMatchObject({ fits: false, firstFailed: 'OTHER_CITY', smallestChange: null })
    expect(why.wishes.find(({ wish }) => wish === 'RIGHT_SIZE')).toMatchObject({ points: 0, values: { beds: 1, persons: 2 } })
  })

  it('agrees with the rules and keeps its order, whatever the pair', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const why = explain(offer, asked, policy)
        const failed = findMismatches(offer, asked)
        expect(why.mustHaves.map(({ rule }) => rule)).toEqual(MISMATCHES)
        expect(why.fits).toBe(failed.length === 0)
        expect(why.firstFailed).toBe(failed[0] ?? null)
        expect(why.score).toBe(why.wishes.reduce((sum, { points }) => sum + points, 0))
        expect(why.best === null || why.wishes.every(({ points }) => points <= why.best!.points)).toBe(true)
        expect(explain(structuredClone(offer), structuredClone(asked), structuredClone(policy))).toEqual(why)
      }),
    )
  })
})

describe('frozen reasons', () => {
  it('keep what was asked, the points and the policy they were given under', () => {
    const explanation = explain(room(), need({ languages: ['ru'] }), policy)
    const frozen = freezeReasons({ explanation, policy })
    expect(frozen.policy).toEqual({ name: 'default', version: 1 })
    expect(frozen.mustHaves).toContainEqual({ rule: 'TOO_FEW_BEDS', met: true, values: { beds: 2, persons: 2, later: 0 } })
    expect(frozen.mustHaves.map(({ rule }) => rule)).not.toContain('NO_ANIMALS')
    expect(frozen.score).toBe(explanation.score)
  })

  it('come back from the database as they went in, and stay small', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const frozen = freezeReasons({ explanation: explain(offer, asked, policy), policy })
        const stored = JSON.stringify(frozen)
        expect(frozenReasonsSchema.parse(JSON.parse(stored))).toEqual(frozen)
        expect(stored.length).toBeLessThan(4096)
      }),
    )
  })

  it('refuse a rule nobody knows and anything that was not asked for', () => {
    const frozen = freezeReasons({ explanation: explain(room(), need(), policy), policy })
    expect(frozenReasonsSchema.safeParse({ ...frozen, nickname: 'x' }).success).toBe(false)
    expect(frozenReasonsSchema.safeParse({ ...frozen, score: -1 }).success).toBe(false)
    expect(frozenReasonsSchema.safeParse({ ...frozen, mustHaves: [{ rule: 'LOOKS', met: true, values: {} }] }).success).toBe(false)
  })
})
