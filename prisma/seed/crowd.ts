import { LANGUAGES, type HomeKind, type HostState } from '@/lib/hosts/schema'
import { addDays } from '@/lib/time/day'
import { nightsFrom } from '@/lib/time/nights'
import { buildArrival, buildHost, contactOf, type Making, type SeedArrival, type SeedHost } from './builders'
import { newId } from './chance'
import { dealCities, pickDistrict } from './cities'
import { hourOf, earlierOf, minutesAfter, todayOf } from './moment'
import { ARRIVAL_NOTES, FIRST_NAMES, FIRST_NAMES_KYRGYZ, HOUSE_RULES, ONWARD_PLANS } from './words'

/**
 * Arrivals on each day of the first week, in thousands: 98 together, and today is its last day. The same curve for
 * every size of world.
 */
export const FIRST_WEEK = [5, 9, 13, 16, 18, 19, 18] as const

const LENGTHS: readonly (readonly [readonly [number, number], number])[] = [
  // most stay days, some stay months
  [[1, 3], 56], [[4, 7], 24], [[8, 21], 11], [[30, 90], 9],
]
const PARTIES = [['ONE', 64], ['COUPLE', 15], ['FAMILY', 11], ['FRIENDS', 7], ['GROUP', 3]] as const
const KINDS: readonly (readonly [HomeKind, number])[] = [['FLAT', 40], ['ROOM_IN_HOME', 34], ['HOUSE', 20], ['OFFICE', 6]]
const STATES: readonly HostState[] = [
  'VETTED', 'VETTED', 'APPLIED', 'VETTED', 'VETTED', 'VETTED', 'VISITED', 'VETTED', 'VETTED', 'VETTED', 'VETTED', 'APPLIED', 'VETTED',
  'VETTED', 'VETTED', 'VETTED', 'VETTED', 'VETTED', 'VISITED', 'VETTED', 'VETTED', 'BLOCKED', 'VETTED', 'VETTED', 'VETTED',
]
const EACH_PAUSED = 13
const ROOMS_MOST = 6

/** Beds of each room: hosts' rooms in turn until exactly `rooms` are dealt. */
function dealRooms({ chance }: Making, hosts: number, rooms: number): number[][] {
  const beds = Array.from({ length: hosts }, () => [bedsOf(chance)])
  for (let left = rooms - hosts; left > 0;) {
    const home = chance.pick(beds)
    if (home.length >= ROOMS_MOST) continue
    home.push(bedsOf(chance))
    left -= 1
  }
  return beds
}

function bedsOf(chance: Making['chance']): number {
  return chance.weigh([[1, 28], [2, 44], [3, 20], [4, 8]])
}

function householdOf({ chance }: Making, cityId: string) {
  const womenOnlyHousehold = chance.is(0.1)
  const second = cityId === 'bishkek' ? 'ky' : 'kk'
  const spoken = new Set<string>(['ru', ...(chance.is(0.6) ? [second] : []), ...(chance.is(0.2) ? ['en'] : [])])
  return {
    womenOnlyHousehold, womenOnlyGuests: womenOnlyHousehold && chance.is(0.5),
    languages: LANGUAGES.filter((one) => spoken.has(one)),
    childrenWelcome: chance.is(0.85), childrenHere: chance.is(0.4), animalsWelcome: chance.is(0.25), animalsHere: chance.is(0.3),
    smoking: chance.is(0.1), restNights: chance.weigh([[0, 70], [1, 20], [2, 10]]), shortestNights: chance.is(0.1) ? 3 : 1,
    longestNights: chance.weigh([[366, 35], [90, 15], [30, 20], [14, 15], [7, 15]]),
  }
}

function homeOf({ chance }: Making, { state, kind }: { state: HostState; kind: HomeKind }): Partial<SeedHost['home']> {
  const waitsForAddress = state === 'APPLIED' && chance.is(0.4)
  return {
    kind, noticeHours: chance.weigh([[0, 80], [3, 20]]), ownEntrance: kind === 'HOUSE' && chance.is(0.5),
    houseRules: chance.is(0.4) ? chance.pick(HOUSE_RULES) : null,
    ...(waitsForAddress ? { address: null, entrance: null } : {}),
  }
}

function hostOf(making: Making, { cityId, sleeps, index }: { cityId: string; sleeps: number[]; index: number }): SeedHost {
  const { chance } = making
  const state = STATES[index % STATES.length] ?? 'VETTED'
  const kind = sleeps.length > 3 ? 'HOUSE' : chance.weigh(KINDS)
  return buildHost(making, {
    cityId, state, ...householdOf(making, cityId), paused: state === 'VETTED' && index % EACH_PAUSED === 7,
    sleeps: kind === 'OFFICE' ? sleeps.map(() => 1) : sleeps,
    firstName: chance.pick(cityId === 'bishkek' ? FIRST_NAMES_KYRGYZ : FIRST_NAMES), locale: chance.is(0.25) ? 'kk' : 'ru',
    open: { fromDays: state === 'APPLIED' ? 0 : -chance.int(10, 30), nights: chance.int(45, 150) },
    home: homeOf(making, { state, kind }),
  })
}

/** Ordinary hosts: exactly so many, with exactly so many rooms together, in every state. */
export function crowdOfHosts(making: Making, { hosts, rooms }: { hosts: number; rooms: number }): SeedHost[] {
  const beds = dealRooms(making, hosts, rooms)
  return dealCities(hosts, 'hosts').map((cityId, index) => hostOf(making, { cityId, sleeps: beds[index] ?? [], index }))
}

function partyOf({ chance }: Making): Partial<SeedArrival> {
  const children = () => Array.from({ length: chance.int(1, 3) }, () => chance.pick([1, 5, 10, 15]))
  switch (chance.weigh(PARTIES)) {
    // women alone are few, and the ones the rules watch over
    case 'ONE': return chance.is(0.08) ? { womanAlone: true, allWomen: true, womenOnly: chance.is(0.5) } : {}
    case 'COUPLE': return { adults: 2 }
    case 'FAMILY': return { adults: chance.int(1, 2), childrenAges: children() }
    case 'FRIENDS': return { adults: chance.int(2, 4) }
    case 'GROUP': return { adults: chance.int(4, 8) }
  }
}

function wishesOf({ chance }: Making): Partial<SeedArrival> {
  return {
    animals: chance.is(0.05), stepFree: chance.is(0.02), quietWished: chance.is(0.1), unwell: chance.is(0.04),
    unsafeToReturn: chance.is(0.12), flexibleNights: chance.is(0.15) ? 1 : 0,
    languages: chance.weigh([[['ru'], 75], [['ru', 'en'], 20], [['ru', 'kk'], 5]]),
    locale: chance.weigh([['ru', 88], ['en', 8], ['kk', 4]]), source: chance.weigh([['POSTER', 45], ['WEB', 30], ['DESK', 15], ['PHONE', 10]]),
    onwardPlan: chance.is(0.25) ? chance.pick(ONWARD_PLANS) : null, note: chance.is(0.08) ? chance.pick(ARRIVAL_NOTES) : null,
  }
}

/** The day of the first week each of `count` newcomers came, oldest first: the curve, exactly. */
export function daysOfFirstWeek(count: number): number[] {
  const total = FIRST_WEEK.reduce((sum, one) => sum + one, 0)
  return Array.from({ length: count }, (_, index) => {
    let left = ((index + 0.5) / count) * total
    return FIRST_WEEK.findIndex((share) => (left -= share) < 0) - FIRST_WEEK.length + 1
  })
}

function newcomerOf(making: Making, { cityId, cameDays }: { cityId: string; cameDays: number }): SeedArrival {
  const { chance, moment } = making
  const today = todayOf(moment, cityId)
  const came = earlierOf(hourOf(addDays(today, cameDays), chance.int(2, 16)), minutesAfter(moment.now, -chance.int(15, 240)))
  const [shortest, longest] = chance.weigh(LENGTHS)
  const first = addDays(today, cameDays + chance.weigh([[0, 75], [1, 18], [2, 7]]))
  const id = newId(chance, came)
  return buildArrival(making, {
    id, cityId, createdAt: came, nights: nightsFrom(first, chance.int(shortest, longest)), ...partyOf(making), ...wishesOf(making),
    districtId: chance.is(0.12) ? pickDistrict(chance, cityId) : null, contact: chance.is(0.6) ? contactOf(chance, id) : null,
  })
}

/** Ordinary newcomers of the first week, oldest first, all still waiting; `fates.ts` says what becomes of them. */
export function crowdOfArrivals(making: Making, count: number): SeedArrival[] {
  const cities = dealCities(count, 'arrivals')
  // every city on every day: the cities are dealt like cards, not stacked
  const mixed = cities.map((cityId) => ({ cityId, place: making.chance.next() })).sort((one, other) => one.place - other.place)
  return daysOfFirstWeek(count).map((cameDays, index) => newcomerOf(making, { cityId: mixed[index]?.cityId ?? 'almaty', cameDays }))
}
