import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  calendarNights, checkNights, checkNightsAnywhere, checkWhen, listRooms, nextStep, normaliseAddress, openingOf, promisedNights, tellsVisit, withNights,
  withoutNights,
} from '@/lib/hosts/rules'
import type { WhenAnswer } from '@/lib/hosts/schema'
import { addDays } from '@/lib/time/day'
import { countNights } from '@/lib/time/nights'

const TODAY = '2022-10-01'
const when = (over: Partial<WhenAnswer>): WhenAnswer =>
  ({ start: 'TODAY', startDay: null, length: 'WEEK', lastNight: null, restNights: '0', longest: 'ANY', notice: '0', ...over })

describe('rooms of an offer', () => {
  it('lists a room once, with its places', () => {
    expect(listRooms({ kind: 'FLAT', rooms: 2, places: 3 })).toEqual([{ sleeps: 3, sharedHall: false }, { sleeps: 3, sharedHall: false }])
  })

  it('lists a hall as one room per sleeping place, because a room takes one party', () => {
    const rooms = listRooms({ kind: 'HALL', rooms: 1, places: 14 })
    expect(rooms).toHaveLength(14)
    expect(new Set(rooms.map(({ sleeps }) => sleeps))).toEqual(new Set([1]))
  })
})

describe('the nights of an offer', () => {
  test.each([
    ['from tonight for a week', when({}), { from: '2022-10-01', until: '2022-10-08' }],
    ['from tomorrow for up to three nights', when({ start: 'TOMORROW', length: 'NIGHTS_3' }), { from: '2022-10-02', until: '2022-10-05' }],
    ['until a last night, which counts', when({ length: 'UNTIL', lastNight: '2022-10-01' }), { from: '2022-10-01', until: '2022-10-02' }],
    ['without the day that was asked for', when({ start: 'DATE' }), null],
  ])('%s', (_name, answer, expected) => {
    expect(openingOf(answer, TODAY)).toEqual(expected)
  })

  test.each([
    ['a day is missing', when({ start: 'DATE' }), [{ field: 'startDay', code: 'DAY_INVALID' }]],
    ['the last night is missing', when({ length: 'UNTIL' }), [{ field: 'lastNight', code: 'DAY_INVALID' }]],
    ['yesterday', when({ start: 'DATE', startDay: '2022-09-30' }), [{ field: 'startDay', code: 'DAY_PAST' }]],
    ['today', when({ start: 'DATE', startDay: TODAY }), []],
    ['reversed', when({ length: 'UNTIL', lastNight: '2022-09-30' }), [{ field: 'lastNight', code: 'DAYS_REVERSED' }]],
    ['a year and a day', when({ length: 'UNTIL', lastNight: addDays(TODAY, 366) }), [{ field: 'lastNight', code: 'DAY_TOO_FAR' }]],
    ['a year to the night', when({ length: 'UNTIL', lastNight: addDays(TODAY, 365) }), []],
    ['a month that starts too far ahead', when({ start: 'DATE', startDay: '2023-09-30', length: 'MONTH' }), [{ field: 'startDay', code: 'DAY_TOO_FAR' }]],
  ])('%s', (_name, answer, expected) => {
    expect(checkWhen(answer, TODAY)).toEqual(expected)
  })

  test.each([
    ['over in the first town, today in the last', '2022-10-01', '2022-10-02', []],
    ['over everywhere, which may have been asked before it was', '2022-09-30', '2022-10-02', []],
    ['the last day of the first town', '2022-10-05', addDays('2022-10-02', 366), []],
    ['one more', '2022-10-05', addDays('2022-10-02', 367), [{ field: 'lastNight', code: 'DAY_TOO_FAR' }]],
    ['reversed', '2022-10-05', '2022-10-05', [{ field: 'lastNight', code: 'DAYS_REVERSED' }]],
  ])('before the town is known: %s', (_name, from, until, expected) => {
    expect(checkNightsAnywhere({ from, until }, { lastToday: TODAY, firstToday: '2022-10-02' })).toEqual(expected)
  })

  it('crosses the year and the leap day', () => {
    expect(checkNights({ from: '2023-12-31', until: '2024-03-01' }, '2023-12-31')).toEqual([])
    expect(countNights({ from: '2024-02-28', until: '2024-03-01' })).toBe(2)
  })
})

describe('the calendar', () => {
  it('tells free, held, taken and not offered apart', () => {
    const nights = calendarNights({
      span: { from: '2022-10-01', until: '2022-10-05' },
      openings: [{ from: '2022-10-01', until: '2022-10-04' }],
      holds: [{ from: '2022-10-02', until: '2022-10-03', confirmed: false }, { from: '2022-10-03', until: '2022-10-04', confirmed: true }],
    })
    expect(nights.map(({ state }) => state)).toEqual(['FREE', 'HELD', 'TAKEN', 'NOT_OFFERED'])
  })

  it('joins touching and overlapping openings', () => {
    const before = [{ from: '2022-10-01', until: '2022-10-03' }, { from: '2022-10-07', until: '2022-10-09' }]
    expect(withNights(before, { from: '2022-10-03', until: '2022-10-08' })).toEqual([{ from: '2022-10-01', until: '2022-10-09' }])
  })

  it('names the promised nights inside what would close, each once', () => {
    const holds = [{ from: '2022-10-01', until: '2022-10-04' }, { from: '2022-10-06', until: '2022-10-09' }]
    expect(promisedNights({ from: '2022-10-03', until: '2022-10-07' }, holds)).toEqual([
      { from: '2022-10-03', until: '2022-10-04' }, { from: '2022-10-06', until: '2022-10-07' },
    ])
  })

  it('keeps a law: closing nights and offering them again leaves at least what was there', () => {
    const run = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) => ({ from: addDays(TODAY, start), until: addDays(TODAY, start + length) }))
    fc.assert(fc.property(fc.array(run, { maxLength: 5 }), run, (openings, cut) => {
      const closed = withoutNights(openings, cut)
      const state = (list: typeof openings, day: string) =>
        calendarNights({ span: { from: day, until: addDays(day, 1) }, openings: list, holds: [] })[0]?.state
      for (let day = TODAY; day < addDays(TODAY, 90); day = addDays(day, 1)) {
        const inside = cut.from <= day && day < cut.until
        expect(state(closed, day)).toBe(inside ? 'NOT_OFFERED' : state(openings, day))
        expect(state(withNights(closed, cut), day)).toBe(inside ? 'FREE' : state(openings, day))
      }
    }), { numRuns: 60 })
  })
})

describe('the way through the screens', () => {
  it('asks what is missing, in order', () => {
    expect(nextStep(null, false)).toBe('what')
    const what = { kind: 'FLAT', rooms: 1, places: 2, extras: [] } as const
    expect(nextStep({ key: 'k'.repeat(26), what: { ...what, extras: [] } }, false)).toBe('where')
  })

  it('does not ask a host who is signed in for a name', () => {
    const draft = {
      key: 'k'.repeat(26), what: { kind: 'FLAT' as const, rooms: 1, places: 2, extras: [] },
      where: { cityId: 'almaty', districtId: null, address: null, entrance: null }, when: when({}),
      house: {
        womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
        childrenWelcome: true, animalsWelcome: false, stepFree: false, languages: [],
      },
    }
    expect(nextStep(draft, true)).toBe('check')
    expect(nextStep(draft, false)).toBe('you')
  })
})

test('one address in five spellings has one index', () => {
  const spellings = ['ул. Абая, 10, кв. 5', 'УЛ АБАЯ 10 КВ 5', '  ул.Абая  10,кв.5 ', 'ул. Абая, 10 – кв. 5', 'ул. абая;10;кв 5']
  expect(new Set(spellings.map(normaliseAddress)).size).toBe(1)
})

describe('a home nobody has seen', () => {
  test.each([
    ['of a host nobody has met is said once, by the state', 'APPLIED', [true, true], false],
    ['beside one that was seen', 'APPLIED', [true, false], true],
    ['of a host who was visited', 'VISITED', [true], true],
    ['of a vetted host', 'VETTED', [true, false], true],
  ] as const)('%s', (_name, state, unseen, expected) => {
    const homes = unseen.map((toVisit) => ({ toVisit }))
    expect(tellsVisit({ state, homes }, { toVisit: true })).toBe(expected)
    expect(tellsVisit({ state, homes }, { toVisit: false })).toBe(false)
  })
})
