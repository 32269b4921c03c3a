import { nightsFrom } from '@/lib/time/nights'
import { buildArrival, buildHost, type HostWanted, type Making, type SeedArrival, type SeedHost } from './builders'
import { minutesAfter, todayOf } from './moment'

// What only a round finds: places for a whole firm at once, and sixty nights put together from three hosts' nights.

const CITY = 'oral'
const NIGHTS = 60

/** Three who take a large family with a dog, none of them for all sixty nights: ten, then twenty, then thirty. */
const HOSTS: readonly HostWanted[] = [
  { firstName: 'Айман', cityId: CITY, sleeps: [5], open: { fromDays: -2, nights: 12 }, shortestNights: 10, home: { kind: 'HOUSE' } },
  { firstName: 'Серик', cityId: CITY, sleeps: [6], open: { fromDays: 10, nights: 20 }, shortestNights: 20, home: { kind: 'FLAT' } },
  { firstName: 'Любовь', cityId: CITY, sleeps: [5], open: { fromDays: 30, nights: 30 }, shortestNights: 20, home: { kind: 'HOUSE' } },
]

/** Two homes a short walk from each other, whose rooms together take the colleagues of the firm who still wait. */
const NEIGHBOURS: readonly HostWanted[] = [
  { firstName: 'Марат', cityId: 'astana', sleeps: [1, 1, 1, 1], open: { fromDays: -1, nights: 60 }, home: { kind: 'HOUSE', districtId: 'astana-esil' } },
  { firstName: 'Ольга', cityId: 'astana', sleeps: [2, 2, 2, 2], open: { fromDays: -1, nights: 60 }, home: { kind: 'HOUSE', districtId: 'astana-esil' } },
]

/** Who takes the firm's second train: for months, not for days. */
export function tellNeighbours(making: Making): { hosts: SeedHost[] } {
  return { hosts: NEIGHBOURS.map((wanted) => buildHost(making, { ...wanted, languages: ['kk', 'ru'], shortestNights: 21 })) }
}

/** Three generations, one of whom cannot climb stairs, and a dog nobody leaves behind, for two months: a place there is only in turn. */
export function tellRelay(making: Making): { hosts: SeedHost[]; arrivals: SeedArrival[] } {
  const { moment } = making
  const hosts = HOSTS.map((wanted) => buildHost(making, {
    ...wanted, languages: ['kk', 'ru'], animalsWelcome: true, home: { ...wanted.home, stepFree: true } }))
  const family = buildArrival(making, {
    cityId: CITY, nights: nightsFrom(todayOf(moment, CITY), NIGHTS), createdAt: minutesAfter(moment.now, -60 * 9), adults: 3, childrenAges: [5, 15],
    animals: true, stepFree: true, nickname: 'Степной тулпар', source: 'DESK', onwardPlan: 'Ждут старшую дочь, потом решат', note: 'С собакой. Бабушке не подняться по лестнице.',
    contact: { kind: 'MAIL', text: 'guest-dog@example.org' },
  })
  return { hosts, arrivals: [family] }
}
