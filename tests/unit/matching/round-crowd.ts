import { DEFAULT_POLICY } from '@/lib/matching/policy'
import type { RoundGroup, RoundInput, RoundNeed } from '@/lib/matching/round-types'
import type { RoomOffer } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import { nightsFrom } from '@/lib/time/nights'
import { need, room, run } from './build'

/** Numbers from a seed, 0 to below `limit`: a linear congruential generator (W. H. Press et al., Numerical Recipes, 1992). */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const CITIES = ['almaty', 'almaty', 'almaty', 'almaty', 'astana', 'astana', 'bishkek', 'oral', 'aktobe']
const DISTRICTS = ['almaly', 'medeu', 'bostandyk', 'auezov', null]
const FIRST_DAY = '2022-10-01'

/** A crowd that asks and rooms that are offered: a few large cities, some hosts with several rooms, some who rest. */
export function crowd({ arrivals, rooms, seed }: { arrivals: number; rooms: number; seed: number }): RoundInput {
  const next = numbersFrom(seed)
  const offers: RoomOffer[] = []
  for (let host = 0; offers.length < rooms; host += 1) offers.push(...homeOf(host, next))
  const groups: RoundGroup[] = Array.from({ length: Math.ceil(arrivals / 400) }, (_, index) => ({
    id: `group-${index}`,
    together: (['SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY'] as const)[index % 3] ?? 'SAME_CITY',
    partAllowed: index % 2 === 0,
  }))
  const places = Object.fromEntries([...new Set(offers.map(({ homeId }) => homeId))].map((homeId) => [
    homeId, { lat: 43.2 + next(100) / 1000, lon: 76.85 + next(150) / 1000 },
  ]))
  const needs = Array.from({ length: arrivals }, (_, index) => partyOf(index, groups, next))
  return { needs, groups, rooms: offers.slice(0, rooms), places, apart: { blocked: new Set(), refused: new Set() }, policy: DEFAULT_POLICY }
}

function homeOf(host: number, next: (limit: number) => number): RoomOffer[] {
  const cityId = CITIES[next(CITIES.length)] ?? 'almaty'
  const rests = next(4) === 0
  const facts = {
    hostId: `host-${host}`,
    homeId: `home-${host}`,
    cityId,
    districtId: DISTRICTS[next(DISTRICTS.length)] ?? null,
    restNights: rests ? 1 + next(3) : 0,
    staysInRowLimit: next(8) === 0 ? 3 : null,
    childrenWelcome: next(5) > 0,
    animalsWelcome: next(3) === 0,
    stepFree: next(4) === 0,
    womenOnlyHousehold: next(6) === 0,
    noticeHours: next(3) === 0 ? 12 : 0,
    shortestStayNights: next(5) === 0 ? 3 : 1,
    longestStayNights: 14 + next(60),
    confirmedDaysAgo: next(20),
    answerRate: next(100) / 100,
    hostStays: next(3) === 0 ? [run('09-20', '10-01')] : [],
  }
  return Array.from({ length: next(4) === 0 ? 2 + next(3) : 1 }, (_, index) => {
    const from = addDays(FIRST_DAY, next(30))
    return room({
      ...facts,
      id: `room-${host}-${index}`,
      beds: 1 + next(4),
      quiet: next(2) === 0,
      privateBath: next(2) === 0,
      free: [nightsFrom(from, 5 + next(40))],
    })
  })
}

function partyOf(index: number, groups: readonly RoundGroup[], next: (limit: number) => number): RoundNeed {
  const inGroup = index < groups.length * 8
  const children = next(3) === 0 ? 1 + next(2) : 0
  return {
    need: need({
      id: `arrival-${String(index).padStart(6, '0')}`,
      cityIds: next(3) === 0 ? ['almaty', 'astana'] : [CITIES[next(CITIES.length)] ?? 'almaty'],
      districtId: next(2) === 0 ? (DISTRICTS[next(DISTRICTS.length)] ?? null) : null,
      nights: inGroup ? nightsFrom('2022-10-12', 5) : nightsFrom(addDays(FIRST_DAY, next(25)), 2 + next(next(6) === 0 ? 50 : 12)),
      flexibleNights: next(3) === 0 ? 1 + next(3) : 0,
      adults: 1 + next(2) + (next(8) === 0 ? 2 : 0),
      childrenAges: Array.from({ length: children }, () => next(16)),
      animals: next(12) === 0,
      stepFree: next(20) === 0,
      womenOnly: next(20) === 0,
      allWomen: next(3) === 0,
      quietWished: next(4) === 0,
      languages: next(2) === 0 ? ['ru'] : [],
      hoursUntilFirstEvening: 6 + next(400),
    }),
    priority: next(40) * 40,
    groupId: inGroup ? (groups[Math.floor(index / 8)]?.id ?? null) : null,
    splitAllowed: next(2) === 0,
    relayAllowed: next(2) === 0,
  }
}
