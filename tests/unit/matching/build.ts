import fc from 'fast-check'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import { mergeRuns, nightsFrom, type Nights } from '@/lib/time/nights'

/** `run('10-09', '10-11')`: the nights of 9 and 10 October 2022. */
export function run(from: string, until: string): Nights {
  return { from: `2022-${from}`, until: `2022-${until}` }
}

/** A room for two in Almaty, free all October, that fits the need below. */
export function room(over: Partial<RoomOffer> = {}): RoomOffer {
  return {
    id: 'room',
    homeId: 'home',
    hostId: 'host',
    cityId: 'almaty',
    districtId: 'almaly',
    beds: 2,
    sharedHall: false,
    free: [run('10-01', '10-31')],
    inService: true,
    stepFree: false,
    quiet: false,
    privateBath: false,
    ownEntrance: false,
    childrenWelcome: true,
    animalsWelcome: false,
    womenOnlyHousehold: false,
    womenOnlyGuests: false,
    languages: ['kk', 'ru'],
    hostVetted: true,
    homeToVisit: false,
    hostPaused: false,
    noticeHours: 0,
    shortestStayNights: 1,
    longestStayNights: 60,
    restNights: 0,
    hostStays: [],
    staysInRowLimit: null,
    rowBreakNights: 7,
    confirmedDaysAgo: 0,
    answerRate: 1,
    blocked: false,
    refused: false,
    ...over,
  }
}

/** A couple that asks for three nights in Almaty from 9 October. */
export function need(over: Partial<ShelterNeed> = {}): ShelterNeed {
  return {
    id: 'arrival',
    cityIds: ['almaty'],
    districtId: null,
    nights: run('10-09', '10-12'),
    flexibleNights: 0,
    adults: 2,
    childrenAges: [],
    animals: false,
    stepFree: false,
    womenOnly: false,
    allWomen: false,
    quietWished: false,
    privateBathWished: false,
    ownEntranceWished: false,
    languages: [],
    growth: null,
    hoursUntilFirstEvening: 48,
    ...over,
  }
}

const FIRST_DAY = '2022-10-01'
const mostly = fc.integer({ min: 0, max: 9 }).map((number) => number > 0)
const seldom = mostly.map((yes) => !yes)
const anyCity = fc.constantFrom('almaty', 'astana', 'bishkek')
const anyDistrict = fc.constantFrom('almaly', 'medeu', null)
const someLanguages = fc.uniqueArray(fc.constantFrom('ru', 'kk', 'en', 'ky'), { maxLength: 3 })

function runWithin(days: number, longest: number): fc.Arbitrary<Nights> {
  return fc
    .tuple(fc.integer({ min: 0, max: days }), fc.integer({ min: 1, max: longest }))
    .map(([start, nights]) => nightsFrom(addDays(FIRST_DAY, start), nights))
}

/** Rooms that often fit and often fail by one rule or two. */
export const anyRoom: fc.Arbitrary<RoomOffer> = fc.record({
  id: fc.uuid(),
  homeId: fc.constantFrom('home-a', 'home-b', 'home-c'),
  hostId: fc.constantFrom('host-a', 'host-b'),
  cityId: anyCity,
  districtId: anyDistrict,
  beds: fc.integer({ min: 1, max: 6 }),
  sharedHall: fc.boolean(),
  free: fc.array(runWithin(50, 40), { minLength: 0, maxLength: 3 }).map(mergeRuns),
  inService: mostly,
  stepFree: fc.boolean(),
  quiet: fc.boolean(),
  privateBath: fc.boolean(),
  ownEntrance: fc.boolean(),
  childrenWelcome: mostly,
  animalsWelcome: fc.boolean(),
  womenOnlyHousehold: fc.boolean(),
  womenOnlyGuests: seldom,
  languages: someLanguages,
  hostVetted: mostly,
  homeToVisit: seldom,
  hostPaused: seldom,
  noticeHours: fc.constantFrom(0, 2, 24),
  shortestStayNights: fc.constantFrom(1, 1, 3),
  longestStayNights: fc.constantFrom(5, 14, 90),
  restNights: fc.constantFrom(0, 0, 3),
  hostStays: fc.array(runWithin(60, 8), { maxLength: 4 }).map((stays) => stays.toSorted((one, other) => (one.from < other.from ? -1 : 1))),
  staysInRowLimit: fc.constantFrom(null, null, 1, 3),
  rowBreakNights: fc.constant(7),
  confirmedDaysAgo: fc.integer({ min: 0, max: 30 }),
  answerRate: fc.option(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)),
  blocked: seldom,
  refused: seldom,
})

/** Up to `maxLength` rooms with ids of their own. */
export function anyRooms(maxLength: number): fc.Arbitrary<RoomOffer[]> {
  return fc.uniqueArray(anyRoom, { maxLength, selector: (one) => one.id })
}

export const anyNeed: fc.Arbitrary<ShelterNeed> = fc.record({
  id: fc.uuid(),
  cityIds: fc.uniqueArray(anyCity, { minLength: 1 }),
  districtId: anyDistrict,
  nights: runWithin(40, 16),
  flexibleNights: fc.integer({ min: 0, max: 3 }),
  adults: fc.integer({ min: 1, max: 4 }),
  childrenAges: fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 3 }),
  animals: seldom,
  stepFree: seldom,
  womenOnly: seldom,
  allWomen: fc.boolean(),
  quietWished: fc.boolean(),
  privateBathWished: fc.boolean(),
  ownEntranceWished: fc.boolean(),
  languages: someLanguages,
  growth: fc.option(
    fc.record({ persons: fc.integer({ min: 1, max: 2 }), from: fc.integer({ min: 0, max: 60 }).map((count) => addDays(FIRST_DAY, count)) }),
  ),
  hoursUntilFirstEvening: fc.integer({ min: 0, max: 200 }),
})

/** The same items in every order that a seed can make. */
export function shuffled<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length })
}
