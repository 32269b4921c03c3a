import { addDays } from '@/lib/time/day'
import { nightsFrom } from '@/lib/time/nights'
import { buildArrival, buildHost, type Making, type SeedArrival, type SeedHost } from './builders'
import { newId } from './chance'
import { earlierOf, hourOf, minutesAfter, todayOf } from './moment'
import { AIGUL, coordinatorOf } from './people'
import { placeIn } from './placing'
import type { RoomBook } from './room-book'
import { buildPlan, type SeedPlan } from './stays'
import { tellFlat } from './story-flat'
import { tellNeighbours, tellRelay } from './story-rounds'
import { STORY_TOKENS } from './story-tokens'
import { tellTrouble, TROUBLES } from './troubles'

// October 2022, told as if today were one of its evenings. Every person here is invented after what reporters saw.

/** Arrivals that ask to be placed near each other. */
export interface SeedGroup {
  id: string
  organiserId: string
  memberIds: string[]
  createdAt: Date
}

/** A part of the world that is told, not dealt. */
export interface Story {
  hosts: SeedHost[]
  arrivals: SeedArrival[]
  plans: SeedPlan[]
  groups: SeedGroup[]
}

const story = (part: Partial<Story>): Story => ({ hosts: [], arrivals: [], plans: [], groups: [], ...part })

/** Two backpacks, two sleeping pads, three nights, then on to Turkey. */
function tellCouple(making: Making): Story {
  const { moment } = making
  return story({ arrivals: [buildArrival(making, {
    cityId: 'almaty', nights: nightsFrom(todayOf(moment, 'almaty'), 3), createdAt: minutesAfter(moment.now, -95), adults: 2,
    nickname: 'Зелёный стриж', token: STORY_TOKENS.waiting, onwardPlan: 'Дальше в Турцию', note: 'Есть свои коврики, согласны на пол.', flexibleNights: 1,
    contact: { kind: 'MAIL', text: 'guest-pads@example.org' }, languages: ['ru', 'en'],
  })] })
}

/** A writer who looks for a flat: his wife and small son come in winter, and their beds are kept until then. */
function tellWriter(making: Making): Story {
  const { moment } = making
  const today = todayOf(moment, 'almaty')
  const host = buildHost(making, {
    firstName: 'Тамара', cityId: 'almaty', sleeps: [3], open: { fromDays: -5, nights: 200 }, languages: ['kk', 'ru'],
    home: { kind: 'HOUSE', districtId: 'almaty-medeu', houseRules: 'Сад общий, печь топим по вечерам.' },
  })
  const writer = buildArrival(making, {
    cityId: 'almaty', nights: nightsFrom(addDays(today, 1), 90), createdAt: minutesAfter(moment.now, -60 * 26), nickname: 'Тихий журавль',
    districtId: 'almaty-medeu', quietWished: true, onwardPlan: 'Ищет квартиру до весны', source: 'WEB',
    growth: { persons: 2, from: addDays(today, 45), keepUntil: addDays(today, 75) },
    note: 'Жена и маленький сын приедут зимой.', contact: { kind: 'MAIL', text: 'guest-writer@example.org' },
  })
  return story({ hosts: [host], arrivals: [writer] })
}

/** Five who wait tonight, and one home with two rooms for them: no single room holds them. */
function tellFamilyOfFive(making: Making): Story {
  const { moment } = making
  const host = buildHost(making, {
    firstName: 'Жанна', contactShown: true, cityId: 'almaty', sleeps: [3, 2], open: { fromDays: -4, nights: 60 }, languages: ['kk', 'ru'],
    childrenHere: true, animalsWelcome: true, home: { kind: 'HOUSE', districtId: 'almaty-alatau', ownEntrance: true },
  })
  const family = buildArrival(making, {
    cityId: 'almaty', nights: nightsFrom(todayOf(moment, 'almaty'), 7), createdAt: minutesAfter(moment.now, -170), adults: 2,
    childrenAges: [1, 5, 10], nickname: 'Золотой сайгак', source: 'DESK', note: 'Младший простужен.',
    contact: { kind: 'PHONE', text: '+77000000105' },
  })
  return story({ hosts: [host], arrivals: [family] })
}

/** A hall with 14 mattresses near the border: each a room of its own, a night or three for whoever steps off the train. */
function tellHall(making: Making): Story {
  const { chance, moment } = making
  const today = todayOf(moment, 'oral')
  const host = buildHost(making, {
    firstName: 'Тимур', cityId: 'oral', sleeps: Array.from({ length: 14 }, () => 1), open: { fromDays: -20, nights: 50 }, longestNights: 7,
    languages: ['kk', 'ru'], home: { kind: 'HALL', stepFree: true, houseRules: 'Свет гасим в полночь. Чай и розетки в фойе.' },
  })
  const stays = [[-6, 2], [-5, 3], [-4, 2], [-2, 3], [-1, 2], [-1, 3], [0, 2], [0, 1]] as const
  const told = stays.map(([start, count], index) => {
    const nights = nightsFrom(addDays(today, start), count)
    const over = nights.until <= today
    const room = host.rooms[index]
    if (room === undefined) throw new RangeError('fewer mattresses than guests')
    const arrival = buildArrival(making, {
      cityId: 'oral', nights, createdAt: minutesAfter(hourOf(nights.from, 3), -chance.int(0, 300)), state: over ? 'CLOSED' : 'PLACED',
      closedAt: over ? earlierOf(hourOf(nights.until, 6), minutesAfter(moment.now, -10)) : null, source: 'DESK',
    })
    const plan = buildPlan(making, {
      arrival, host, nights, proposedBy: coordinatorOf('oral').id, rooms: [{ room, adults: 1, childrenAges: [] }],
      state: over ? 'DEPARTED' : start < 0 ? 'ARRIVED' : 'CONFIRMED',
      ...(over ? { end: { side: 'GUEST', reason: 'LEFT_THE_COUNTRY', to: 'TEMPORARY' } as const } : {}),
    })
    return { arrival, plan }
  })
  return story({ hosts: [host], arrivals: told.map(({ arrival }) => arrival), plans: told.map(({ plan }) => plan) })
}

/** Six who came together and live in two rooms of one house in Bishkek. */
function tellFamilyOfSix(making: Making): Story {
  const { moment } = making
  const nights = nightsFrom(addDays(todayOf(moment, 'bishkek'), -3), 30)
  const host = buildHost(making, {
    firstName: 'Бакыт', contactShown: true, cityId: 'bishkek', sleeps: [3, 3, 2], open: { fromDays: -14, nights: 90 }, languages: ['ru', 'ky'],
    home: { kind: 'HOUSE' },
  })
  const arrival = buildArrival(making, {
    cityId: 'bishkek', nights, createdAt: hourOf(nights.from, 1), adults: 3, childrenAges: [5, 10, 15], state: 'PLACED',
    nickname: 'Утренний кулан', token: STORY_TOKENS.arrived, contact: { kind: 'MAIL', text: 'guest-six@example.org' },
  })
  const [big, other] = host.rooms
  if (big === undefined || other === undefined) throw new RangeError('two rooms are needed')
  const rooms = [{ room: big, adults: 2, childrenAges: [5] }, { room: other, adults: 1, childrenAges: [10, 15] }]
  const plan = buildPlan(making, { arrival, host, nights, state: 'ARRIVED', proposedBy: AIGUL.id, rooms })
  return story({ hosts: [host], arrivals: [arrival], plans: [plan] })
}

/** Rooms looked at for the people of the story. */
const WHOLE_CITY = 200
const FIRM = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]
const FIRM_CAME = 4

/** An engineer whose firm moves him and 15 colleagues at once: those of the first train are in, the others wait. */
function tellFirm(making: Making, book: RoomBook): Story {
  const { chance, moment } = making
  const today = todayOf(moment, 'astana')
  const told = FIRM.map((adults, index) => {
    const came = index < FIRM_CAME
    const nights = nightsFrom(addDays(today, came ? -1 : index % 2), 30)
    const createdAt = minutesAfter(moment.now, -60 * (came ? 50 : 20) - index)
    const arrival = buildArrival(making, {
      cityId: 'astana', nights, createdAt, adults, source: 'WEB', languages: ['ru', 'en'],
      onwardPlan: index === 0 ? 'Фирма переезжает: шестнадцать человек' : null,
      contact: index === 0 ? { kind: 'MAIL', text: 'guest-firm@example.org' } : null,
    })
    const plan = came ? placeIn({ making, book, look: WHOLE_CITY }, { arrival, nights, state: 'ARRIVED' }) : null
    return { arrival: { ...arrival, state: plan ? 'PLACED' as const : 'OPEN' as const }, plan }
  })
  const ids = told.map(({ arrival }) => arrival.id)
  const group = { id: newId(chance, moment.now), organiserId: ids[0] ?? '', memberIds: ids, createdAt: minutesAfter(moment.now, -60 * 50) }
  return story({
    arrivals: told.map(({ arrival }) => arrival), plans: told.flatMap(({ plan }) => (plan ? [plan] : [])), groups: [group],
  })
}

const SECOND_EYES: readonly (Partial<SeedArrival> & { cityId: string })[] = [
  { cityId: 'almaty', adults: 2, childrenAges: [10], nickname: 'Ясный дельфин', token: STORY_TOKENS.secondEyes },
  { cityId: 'bishkek', womanAlone: true, allWomen: true, nickname: 'Белый лебедь' },
  { cityId: 'astana', adults: 1, childrenAges: [5], nickname: 'Добрый ёжик' },
]

/** Host, guest and coordinator have said yes; a second pair of eyes is due, and the lead has not looked yet. */
function tellSecondEyes(making: Making, book: RoomBook): Story {
  const { moment } = making
  const told = SECOND_EYES.map((who) => {
    const nights = nightsFrom(addDays(todayOf(moment, who.cityId), 1), 5)
    const arrival = buildArrival(making, { ...who, nights, createdAt: minutesAfter(moment.now, -60 * 7) })
    const plan = placeIn({ making, book, look: WHOLE_CITY }, { arrival, nights, state: 'PROPOSED', said: ['HOST', 'GUEST'] })
    return { arrival: { ...arrival, state: plan ? 'OFFERED' as const : 'OPEN' as const }, plan }
  })
  return story({ arrivals: told.map(({ arrival }) => arrival), plans: told.flatMap(({ plan }) => (plan ? [plan] : [])) })
}

/** Four with bad luck, one for each way a promise ends before somebody is in: three of them wait again. */
function tellBadLuck(making: Making, book: RoomBook): Story {
  const { moment } = making
  const told = TROUBLES.map((trouble, index) => {
    const cityId = index % 2 === 0 ? 'almaty' : 'astana'
    const nights = nightsFrom(addDays(todayOf(moment, cityId), -1), 3 + index)
    const arrival = buildArrival(making, { cityId, nights, createdAt: minutesAfter(moment.now, -60 * 32) })
    return tellTrouble({ making, book, look: WHOLE_CITY }, arrival, trouble) ?? { arrival, plans: [] }
  })
  return story({ arrivals: told.map(({ arrival }) => arrival), plans: told.flatMap(({ plans }) => plans) })
}

/** Everything that is told: always the same people, counted from today. `book`: rooms of the crowd some of them need. */
export function tellScenario(making: Making, book: RoomBook): Story {
  const parts = [
    story(tellFlat(making)), tellCouple(making), tellWriter(making), tellFamilyOfFive(making), tellHall(making),
    tellFamilyOfSix(making), tellFirm(making, book), tellSecondEyes(making, book), tellBadLuck(making, book),
    story(tellRelay(making)), story(tellNeighbours(making)),
  ]
  return {
    hosts: parts.flatMap(({ hosts }) => hosts), arrivals: parts.flatMap(({ arrivals }) => arrivals),
    plans: parts.flatMap(({ plans }) => plans), groups: parts.flatMap(({ groups }) => groups),
  }
}

/** What the scenario brings along, so that the crowd is dealt around it: 14 hosts with 39 rooms, 46 arrivals. */
export const SCENARIO_SIZE = { hosts: 14, rooms: 39, arrivals: 46 } as const
