import { DEMO_USERS } from '@/lib/auth/demo'
import { addDays } from '@/lib/time/day'
import { nightsFrom, type Nights } from '@/lib/time/nights'
import { buildArrival, buildHost, contactOf, type HostWanted, type Making, type SeedArrival, type SeedHost } from './builders'
import { newId } from './chance'
import { earlierOf, hourOf, minutesAfter, todayOf } from './moment'
import { AIGUL } from './people'
import { buildPlan, type SeedPlan, type StayEnd } from './stays'
import { STORY_TOKENS } from './story-tokens'

// "They would come to my apartment, stay for a while, then stay at my friends' apartments": 26 people in 13 parties.

const CITY = 'almaty'
const OPEN = { fromDays: -30, nights: 120 }
const WARM = { cityId: CITY, languages: ['kk', 'ru'], open: OPEN }

const SAULE: HostWanted = {
  ...WARM, firstName: 'Сауле', userId: DEMO_USERS.host, userName: 'Сауле', mail: 'saule@example.org', contactShown: true, sleeps: [4, 2],
  home: { kind: 'FLAT', districtId: 'almaty-bostandyk', houseRules: 'Ужин в восемь, если успеваете. Ключ у соседки напротив.' },
}
const FRIENDS: readonly HostWanted[] = [
  { ...WARM, firstName: 'Гульнара', sleeps: [3, 2], home: { districtId: 'almaty-medeu' }, childrenHere: true },
  { ...WARM, firstName: 'Асель', sleeps: [2], home: { kind: 'ROOM_IN_HOME', districtId: 'almaty-auezov' } },
  { ...WARM, firstName: 'Динара', contactShown: true, sleeps: [4, 2], home: { districtId: 'almaty-almaly' } },
  // needs a rest: keeps the guests she has, is asked for no new ones
  { ...WARM, firstName: 'Раушан', sleeps: [2], home: { kind: 'HOUSE', districtId: 'almaty-alatau' }, paused: true },
]

/** A stay as it is remembered: which room (host, room), how many days ago it began, how many nights. */
type Stop = readonly [host: number, room: number, startDays: number, nights: number]
interface Party {
  adults: number
  childrenAges?: number[]
  first: Stop
  /** At a friend's; missing for those who are still in the first flat. */
  then?: Stop
  end?: StayEnd
  asksUntilDays?: number
}

const RENT: StayEnd = { side: 'GUEST', reason: 'OWN_RENT', to: 'SETTLED' }
const ABROAD: StayEnd = { side: 'GUEST', reason: 'LEFT_THE_COUNTRY', to: 'TEMPORARY' }
const PLANNED: StayEnd = { side: 'GUEST', reason: 'PLANNED', to: 'UNKNOWN' }
const TO_FRIENDS: StayEnd = { side: 'GUEST', reason: 'NEXT_HOST', to: 'TEMPORARY' }

const PARTIES: readonly Party[] = [
  { adults: 3, first: [0, 0, -26, 3], then: [1, 0, -23, 9], end: RENT },
  { adults: 1, first: [0, 1, -25, 2], then: [1, 1, -23, 5], end: ABROAD },
  { adults: 2, first: [0, 0, -22, 3], then: [2, 0, -19, 6], end: ABROAD },
  { adults: 2, first: [0, 1, -21, 3], then: [3, 1, -18, 7], end: RENT },
  { adults: 2, childrenAges: [5, 10], first: [0, 0, -18, 4], then: [3, 0, -14, 10], end: RENT },
  { adults: 1, first: [0, 1, -16, 3], then: [1, 1, -13, 4], end: PLANNED },
  { adults: 3, first: [0, 0, -13, 3], then: [1, 0, -10, 24] },
  { adults: 2, first: [0, 1, -12, 2], then: [2, 0, -10, 8], end: ABROAD },
  { adults: 2, first: [0, 0, -9, 3], then: [3, 1, -6, 10] },
  { adults: 1, first: [0, 1, -8, 3], then: [1, 1, -5, 20] },
  { adults: 2, first: [0, 0, -5, 3], then: [4, 0, -2, 7] },
  { adults: 1, first: [0, 1, -4, 3], then: [2, 0, -1, 9] },
  { adults: 2, first: [0, 0, -1, 3], asksUntilDays: 5 },
]

function tellParty(making: Making, hosts: readonly SeedHost[], party: Party): { arrival: SeedArrival; plans: SeedPlan[] } {
  const { chance, moment } = making
  const today = todayOf(moment, CITY)
  const runOf = ([, , start, count]: Stop): Nights => nightsFrom(addDays(today, start), count)
  const { adults, childrenAges = [], first, then, end = PLANNED } = party
  const last = runOf(then ?? first)
  const over = last.until <= today
  const createdAt = minutesAfter(hourOf(runOf(first).from, 4), -chance.int(0, 60))
  const id = newId(chance, createdAt)
  const arrival = buildArrival(making, {
    id, cityId: CITY, createdAt, adults, childrenAges, nights: { from: runOf(first).from, until: last.until },
    contact: contactOf(chance, id), state: over ? 'CLOSED' : 'PLACED', onwardPlan: end === ABROAD ? 'Дальше в Грузию' : null,
    closedAt: over ? earlierOf(hourOf(last.until, 6), minutesAfter(moment.now, -10)) : null,
  })
  const stops = then ? [{ stop: first, end: TO_FRIENDS }, { stop: then, end }] : [{ stop: first, end }]
  const plans = stops.flatMap(({ stop, end: ended }) => {
    const host = hosts[stop[0]]
    const room = host?.rooms[stop[1]]
    if (host === undefined || room === undefined) throw new RangeError(`no such room: ${stop.join(' ')}`)
    const nights = runOf(stop)
    const left = nights.until <= today
    return [buildPlan(making, {
      arrival, host, nights, proposedBy: AIGUL.id, rooms: [{ room, adults, childrenAges }],
      state: left ? 'DEPARTED' : 'ARRIVED', ...(left ? { end: ended } : {}),
      ...(party.asksUntilDays === undefined ? {} : { asksUntil: addDays(today, party.asksUntilDays) }),
    })]
  })
  return { arrival, plans }
}

/** Somebody Сауле is asked to take tonight: the guest has said yes, she has not answered yet. */
function tellOpenRequest(making: Making, [saule]: readonly SeedHost[]): { arrival: SeedArrival; plans: SeedPlan[] } {
  const { moment } = making
  const room = saule?.rooms[1]
  if (saule === undefined || room === undefined) throw new RangeError('no room to ask for')
  const nights = nightsFrom(todayOf(moment, CITY), 3)
  const arrival = buildArrival(making, {
    cityId: CITY, nights, createdAt: minutesAfter(moment.now, -210), adults: 2, nickname: 'Серебряный журавль', token: STORY_TOKENS.offered, state: 'OFFERED',
    languages: ['ru', 'en'], source: 'POSTER', contact: { kind: 'MAIL', text: 'guest-request@example.org' },
  })
  const plan = buildPlan(making, {
    arrival, host: saule, nights, state: 'PROPOSED', proposedBy: AIGUL.id, said: ['GUEST'], rooms: [{ room, adults: 2, childrenAges: [] }],
  })
  return { arrival, plans: [plan] }
}

/** The nutritionist's flat and her friends' flats. Her hosts come in the order of `SAULE` and `FRIENDS`. */
export function tellFlat(making: Making) {
  const hosts = [SAULE, ...FRIENDS].map((wanted) => buildHost(making, wanted))
  const told = [...PARTIES.map((party) => tellParty(making, hosts, party)), tellOpenRequest(making, hosts)]
  return { hosts, arrivals: told.map(({ arrival }) => arrival), plans: told.flatMap(({ plans }) => plans) }
}
