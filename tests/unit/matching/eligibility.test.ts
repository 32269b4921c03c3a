import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findMismatches, firstMismatch, MISMATCHES } from '@/lib/matching/eligibility'
import { listMustHaves } from '@/lib/matching/must-haves'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { mergeRuns } from '@/lib/time/nights'
import { anyNeed, anyRoom, need, room, run } from './build'

type Case = [name: string, room: Partial<RoomOffer>, need: Partial<ShelterNeed>, expected: string[]]

const cases: Case[] = [
  ['the plain room for the plain need', {}, {}, []],

  ['one bed to spare', { beds: 3 }, {}, []],
  ['as many beds as persons', { beds: 2 }, {}, []],
  ['one bed short', { beds: 1 }, {}, ['TOO_FEW_BEDS']],
  ['an infant, who takes a bed', { beds: 2 }, { childrenAges: [0] }, ['TOO_FEW_BEDS']],
  ['somebody who joins on the last evening', { beds: 2 }, { growth: { persons: 1, from: '2022-10-11' } }, ['TOO_FEW_BEDS']],
  ['somebody who comes on the morning of leaving', { beds: 2 }, { growth: { persons: 1, from: '2022-10-12' } }, []],
  ['a bed for somebody who joins', { beds: 3 }, { growth: { persons: 1, from: '2022-10-11' } }, []],

  ['arriving on the first day of the opening', { free: [run('10-09', '10-31')] }, {}, []],
  ['arriving a day before the opening', { free: [run('10-10', '10-31')] }, {}, ['NOT_FREE']],
  ['leaving on the day the opening ends', { free: [run('10-01', '10-12')] }, {}, []],
  ['one night past the opening', { free: [run('10-01', '10-11')] }, {}, ['NOT_FREE']],
  ['a held night in between', { free: [run('10-01', '10-10'), run('10-11', '10-31')] }, {}, ['NOT_FREE']],
  ['nothing on offer', { free: [] }, {}, ['NOT_FREE']],

  ['one night more than the shortest stay', { shortestStayNights: 2 }, {}, []],
  ['exactly the shortest stay', { shortestStayNights: 3 }, {}, []],
  ['one night less than the shortest stay', { shortestStayNights: 4 }, {}, ['TOO_SHORT']],
  ['one night less than the longest stay', { longestStayNights: 4 }, {}, []],
  ['exactly the longest stay', { longestStayNights: 3 }, {}, []],
  ['one night more than the longest stay', { longestStayNights: 2 }, {}, ['TOO_LONG']],

  ['an hour more than the notice', { noticeHours: 24 }, { hoursUntilFirstEvening: 25 }, []],
  ['exactly the notice', { noticeHours: 24 }, { hoursUntilFirstEvening: 24 }, []],
  ['an hour less than the notice', { noticeHours: 24 }, { hoursUntilFirstEvening: 23 }, ['TOO_LITTLE_NOTICE']],
  ['tonight at a host who needs no notice', { noticeHours: 0 }, { hoursUntilFirstEvening: 0 }, []],

  ['the last night of rest', { hostStays: [run('10-01', '10-07')], restNights: 3 }, {}, ['HOST_RESTS']],
  ['the first evening after the rest', { hostStays: [run('10-01', '10-06')], restNights: 3 }, {}, []],
  ['the day the last guests leave, at a host who rests', { hostStays: [run('10-01', '10-09')], restNights: 1 }, {}, ['HOST_RESTS']],
  ['the day the last guests leave, at a host who does not', { hostStays: [run('10-01', '10-09')] }, {}, []],
  ['too little rest before the next guests', { hostStays: [run('10-14', '10-20')], restNights: 3 }, {}, ['HOST_RESTS']],
  ['just enough rest before the next guests', { hostStays: [run('10-15', '10-20')], restNights: 3 }, {}, []],
  ['leaving on the day the next guests come, at a host who rests', { hostStays: [run('10-12', '10-20')], restNights: 1 }, {}, ['HOST_RESTS']],
  ['rested from the last guests, not from those before', { hostStays: [run('09-01', '10-08'), run('09-10', '09-12')], restNights: 3 }, {}, ['HOST_RESTS']],
  ['guests of another room on the same nights', { hostStays: [run('10-08', '10-20')], restNights: 3 }, {}, []],

  ['one stay below the limit in a row', { hostStays: [run('10-01', '10-03'), run('10-05', '10-08')], staysInRowLimit: 3 }, {}, []],
  ['the limit in a row', { hostStays: [run('09-28', '10-01'), run('10-01', '10-03'), run('10-05', '10-08')], staysInRowLimit: 3 }, {}, ['TOO_MANY_IN_ROW']],
  ['the limit in a row, two of them still to come', { hostStays: [run('10-05', '10-08'), run('10-12', '10-14'), run('10-20', '10-22')], staysInRowLimit: 3 }, {}, ['TOO_MANY_IN_ROW']],
  ['a row broken by a week without guests', { hostStays: [run('09-20', '09-25'), run('09-26', '10-02'), run('10-01', '10-02')], staysInRowLimit: 3 }, {}, []],
  ['a row a night short of broken', { hostStays: [run('09-20', '09-25'), run('09-26', '10-02'), run('10-01', '10-03')], staysInRowLimit: 3 }, {}, ['TOO_MANY_IN_ROW']],
  ['a row held together by a long stay', { hostStays: [run('09-01', '10-08'), run('09-02', '09-04')], staysInRowLimit: 2 }, {}, ['TOO_MANY_IN_ROW']],
  ['many in a row without a limit', { hostStays: Array.from({ length: 40 }, () => run('10-05', '10-08')) }, {}, []],

  ['the second wanted city', { cityId: 'astana' }, { cityIds: ['almaty', 'astana'] }, []],
  ['a city nobody wanted', { cityId: 'astana' }, {}, ['OTHER_CITY']],
  ['stairs where none can be climbed', {}, { stepFree: true }, ['NOT_STEP_FREE']],
  ['a step-free room where it is needed', { stepFree: true }, { stepFree: true }, []],
  ['an animal where none may come', {}, { animals: true }, ['NO_ANIMALS']],
  ['an animal where they may come', { animalsWelcome: true }, { animals: true }, []],
  ['a child where none may come', { childrenWelcome: false }, { adults: 1, childrenAges: [4] }, ['NO_CHILDREN']],
  ['adults where no child may come', { childrenWelcome: false }, {}, []],
  ['a mixed household where women were asked for', {}, { womenOnly: true, allWomen: true }, ['WOMEN_ONLY_WANTED']],
  ['a household of women where it was asked for', { womenOnlyHousehold: true }, { womenOnly: true, allWomen: true }, []],
  ['anybody at hosts who take women only', { womenOnlyGuests: true }, {}, ['HOST_TAKES_WOMEN_ONLY']],
  ['women at hosts who take women only', { womenOnlyGuests: true }, { allWomen: true }, []],

  ['a host nobody has vetted', { hostVetted: false }, {}, ['HOST_NOT_VETTED']],
  ['a home nobody has visited', { homeToVisit: true }, {}, ['HOME_TO_VISIT']],
  ['a host on pause', { hostPaused: true }, {}, ['HOST_PAUSED']],
  ['a room out of service', { inService: false }, {}, ['OUT_OF_SERVICE']],
  ['a block between the two', { blocked: true }, {}, ['BLOCKED']],
  ['a refusal that is remembered', { refused: true }, {}, ['REFUSED_BEFORE']],
  ['children without an adult', {}, { adults: 0, childrenAges: [16] }, ['UNACCOMPANIED_MINOR']],
]

test.each(cases)('%s', (_name, overRoom, overNeed, expected) => {
  expect(findMismatches(room(overRoom), need(overNeed))).toEqual(expected)
})

test('every rule stands in the table above', () => {
  expect(new Set(cases.flatMap(([, , , expected]) => expected))).toEqual(new Set(MISMATCHES))
})

test('several failures come most final first', () => {
  const failing = room({ free: [], beds: 1, blocked: true, hostPaused: true })
  expect(findMismatches(failing, need())).toEqual(['BLOCKED', 'HOST_PAUSED', 'TOO_FEW_BEDS', 'NOT_FREE'])
  expect(firstMismatch(failing, need())).toBe('BLOCKED')
})

test.each([
  ['no night', { nights: run('10-09', '10-09') }],
  ['reversed nights', { nights: run('10-12', '10-09') }],
  ['nobody', { adults: 0, childrenAges: [] }],
])('a need with %s is our bug and is thrown', (_name, over) => {
  expect(() => findMismatches(room(), need(over))).toThrow(RangeError)
  expect(() => firstMismatch(room(), need(over))).toThrow(RangeError)
})

describe('must-haves', () => {
  it('say what was compared, in the order of the rules', () => {
    const list = listMustHaves(room({ beds: 1, noticeHours: 24 }), need({ growth: { persons: 1, from: '2022-10-10' } }))
    expect(list.map(({ rule }) => rule)).toEqual(MISMATCHES)
    expect(list).toContainEqual({ rule: 'TOO_FEW_BEDS', state: 'FAILED', values: { beds: 1, persons: 2, later: 1 } })
    expect(list).toContainEqual({ rule: 'TOO_LITTLE_NOTICE', state: 'MET', values: { hours: 48, notice: 24 } })
    expect(list).toContainEqual({ rule: 'NO_ANIMALS', state: 'NOT_ASKED', values: {} })
    expect(list).toContainEqual({ rule: 'NOT_FREE', state: 'MET', values: { from: '2022-10-09', until: '2022-10-12' } })
  })

  it('say which guests a resting host rests from, and how long', () => {
    const list = listMustHaves(room({ hostStays: [run('10-01', '10-08')], restNights: 3 }), need())
    expect(list).toContainEqual({ rule: 'HOST_RESTS', state: 'FAILED', values: { from: '2022-10-01', until: '2022-10-08', nights: 3 } })
  })

  it('fail exactly where the rules fail', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const failed = listMustHaves(offer, asked).filter(({ state }) => state === 'FAILED')
        expect(failed.map(({ rule }) => rule)).toEqual(findMismatches(offer, asked))
      }),
    )
  })
})

describe('laws of the rules', () => {
  it('the same pair gives the same answer, and neither side is touched', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const before = structuredClone({ offer, asked })
        expect(findMismatches(offer, asked)).toEqual(findMismatches(structuredClone(offer), structuredClone(asked)))
        expect({ offer, asked }).toEqual(before)
      }),
    )
  })

  it('the first mismatch is the head of the list', () => {
    fc.assert(fc.property(anyRoom, anyNeed, (offer, asked) => firstMismatch(offer, asked) === (findMismatches(offer, asked)[0] ?? null)))
  })

  it('a bigger room is never worse', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, fc.integer({ min: 1, max: 20 }), (offer, asked, more) => {
        const before = findMismatches(offer, asked)
        expect(before).toEqual(expect.arrayContaining(findMismatches({ ...offer, beds: offer.beds + more }, asked)))
      }),
    )
  })

  it('more free nights never add a mismatch', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, anyRoom, (offer, asked, { free }) => {
        const wider = { ...offer, free: mergeRuns([...offer.free, ...free]) }
        expect(findMismatches(offer, asked)).toEqual(expect.arrayContaining(findMismatches(wider, asked)))
      }),
    )
  })

  it('one child fewer never adds a mismatch', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, (offer, asked) => {
        const fewer = { ...asked, childrenAges: asked.childrenAges.slice(1) }
        expect(findMismatches(offer, asked)).toEqual(expect.arrayContaining(findMismatches(offer, fewer)))
      }),
    )
  })

  it('wishes decide nothing here', () => {
    fc.assert(
      fc.property(anyRoom, anyNeed, anyNeed, (offer, asked, { districtId, languages, quietWished, privateBathWished }) => {
        const other = { ...asked, districtId, languages, quietWished, privateBathWished }
        expect(findMismatches(offer, other)).toEqual(findMismatches(offer, asked))
      }),
    )
  })
})
