import type { HomeKind, HostState } from '@/lib/hosts/schema'
import type { ArrivalSource, ArrivalState } from '@/lib/arrivals/schema'
import { addDays, type Day } from '@/lib/time/day'
import { nightsFrom, type Nights } from '@/lib/time/nights'
import { newCode, newId, newLetters, type Chance } from './chance'
import { pickDistrict } from './cities'
import { minutesAfter, todayOf, type Moment } from './moment'
import { coordinatorOf } from './people'
import { ANIMALS, CHECK_NOTES, COLOURS, ENTRANCES, HOST_WORD, PLACE_NAME, ROOM_NAMES, STREETS } from './words'

/** What every builder needs: the dice, and when it is. */
export interface Making {
  chance: Chance
  moment: Moment
}

export interface SeedRoom {
  id: string
  name: string
  sleeps: number
  sharedHall: boolean
  privateBath: boolean
  quiet: boolean
  inService: boolean
  openings: Nights[]
}

export interface SeedCheck {
  id: string
  kind: 'VISIT' | 'REFERENCE'
  byUserId: string
  doneOn: Day
  note: string | null
}

/** A host with the one home they offer. */
export interface SeedHost {
  id: string
  userId: string
  userName: string
  locale: 'ru' | 'kk'
  mail: string
  firstName: string
  contactShown: boolean
  state: HostState
  paused: boolean
  languages: string[]
  childrenWelcome: boolean
  animalsWelcome: boolean
  animalsHere: boolean
  childrenHere: boolean
  smoking: boolean
  womenOnlyHousehold: boolean
  womenOnlyGuests: boolean
  restNights: number
  shortestNights: number
  longestNights: number
  createdAt: Date
  confirmedAt: Date
  home: {
    id: string
    cityId: string
    districtId: string | null
    kind: HomeKind
    stepFree: boolean
    ownEntrance: boolean
    noticeHours: number
    houseRules: string | null
    address: string | null
    entrance: string | null
  }
  rooms: SeedRoom[]
  checks: SeedCheck[]
}

/** Somebody who came, as they asked; what became of it stands in `state`. */
export interface SeedArrival {
  id: string
  code: string
  token: string
  nickname: string
  cityId: string
  districtId: string | null
  nights: Nights
  flexibleNights: number
  adults: number
  childrenAges: number[]
  animals: boolean
  stepFree: boolean
  quietWished: boolean
  womenOnly: boolean
  womanAlone: boolean
  allWomen: boolean
  languages: string[]
  unsafeToReturn: boolean
  unwell: boolean
  onwardPlan: string | null
  growth: { persons: number; from: Day; keepUntil: Day } | null
  source: ArrivalSource
  contact: { kind: 'MAIL' | 'PHONE'; text: string } | null
  note: string | null
  locale: 'ru' | 'kk' | 'en'
  state: ArrivalState
  brokenPlacement: boolean
  erased: boolean
  createdAt: Date
  closedAt: Date | null
}

export type HostWanted = Partial<Omit<SeedHost, 'home' | 'rooms' | 'checks'>> & {
  firstName: string
  cityId: string
  home?: Partial<SeedHost['home']>
  /** Persons each room sleeps; in a hall one room per place. */
  sleeps: readonly number[]
  /** Days from today each room is open; the first is usually in the past. */
  open: { fromDays: number; nights: number }
}

function addressOf(chance: Chance): string {
  return `${chance.pick(STREETS)}, ${chance.int(900, 999)}, кв. ${chance.int(1, 80)}`
}

function buildRooms({ chance, moment }: Making, { sleeps, open, cityId, home, locale = 'ru' }: HostWanted): SeedRoom[] {
  const hall = home?.kind === 'HALL' || home?.kind === 'OFFICE'
  const names = ROOM_NAMES[locale]
  const first = chance.int(0, names.length - 1)
  const opening = nightsFrom(addDays(todayOf(moment, cityId), open.fromDays), open.nights)
  return sleeps.map((beds, index) => ({
    id: newId(chance, moment.now), sleeps: beds, sharedHall: hall, inService: true, openings: [opening],
    name: hall ? `${PLACE_NAME[locale]} ${index + 1}` : (names[(first + index) % names.length] ?? String(index + 1)),
    privateBath: !hall && chance.is(0.15), quiet: !hall && chance.is(0.35),
  }))
}

/** A visit and two references, the newest some days ago. */
function buildChecks({ chance, moment }: Making, { state, cityId }: { state: HostState; cityId: string }): SeedCheck[] {
  const kinds = ({
    APPLIED: [], VISITED: ['VISIT'], VETTED: ['VISIT', 'REFERENCE', 'REFERENCE'], BLOCKED: ['VISIT', 'REFERENCE'],
  } as const satisfies Record<HostState, readonly SeedCheck['kind'][]>)[state]
  return kinds.map((kind) => ({
    id: newId(chance, moment.now), kind, byUserId: coordinatorOf(cityId).id,
    doneOn: addDays(todayOf(moment, cityId), -chance.int(29, 34)),
    note: chance.is(0.5) ? chance.pick(CHECK_NOTES) : null,
  }))
}

function homeOf({ chance, moment }: Making, { cityId, home = {}, firstName }: HostWanted): SeedHost['home'] {
  return {
    id: newId(chance, moment.now), cityId, districtId: pickDistrict(chance, cityId), kind: 'FLAT', stepFree: chance.is(0.25),
    ownEntrance: false, noticeHours: 0, houseRules: null, address: addressOf(chance),
    entrance: chance.is(0.6) ? `${chance.pick(ENTRANCES)}. ${firstName}` : null, ...home,
  }
}

/** A vetted host with rooms open from the past into the future, unless something else is wanted. */
export function buildHost(making: Making, wanted: HostWanted): SeedHost {
  const { chance, moment } = making
  const { cityId, sleeps: _sleeps, open: _open, home: _home, ...over } = wanted
  const userId = over.userId ?? newId(chance, moment.now)
  const locale = over.locale ?? 'ru'
  const state = over.state ?? 'VETTED'
  return {
    id: newId(chance, moment.now), userId, userName: HOST_WORD[locale], locale, mail: `host-${userId.slice(-12)}@example.org`,
    contactShown: false, state, paused: false, languages: ['ru'], childrenWelcome: true, animalsWelcome: false, animalsHere: false, childrenHere: false,
    smoking: false, womenOnlyHousehold: false, womenOnlyGuests: false, restNights: 0, shortestNights: 1, longestNights: 366,
    createdAt: minutesAfter(moment.now, -60 * 24 * chance.int(35, 40)),
    confirmedAt: minutesAfter(moment.now, -60 * chance.int(2, 24 * 12)),
    ...over,
    home: homeOf(making, wanted), rooms: buildRooms(making, wanted), checks: buildChecks(making, { state, cityId }),
  }
}

export type ArrivalWanted = Partial<SeedArrival> & { cityId: string; nights: Nights; createdAt: Date }

/** A contact in its one spelling: mail addresses of a domain for examples, numbers of a block nobody has. */
export function contactOf(chance: Chance, id: string): NonNullable<SeedArrival['contact']> {
  if (chance.is(0.6)) return { kind: 'MAIL', text: `guest-${id.slice(-12)}@example.org` }
  return { kind: 'PHONE', text: `+7700000${String(chance.int(0, 9999)).padStart(4, '0')}` }
}

/** One adult who waits, unless something else is wanted. */
export function buildArrival({ chance }: Making, wanted: ArrivalWanted): SeedArrival {
  const id = wanted.id ?? newId(chance, wanted.createdAt)
  return {
    id, code: newCode(chance), token: newLetters(chance, 26),
    nickname: `${chance.pick(COLOURS)} ${chance.pick(ANIMALS)}`, districtId: null, flexibleNights: 0, adults: 1, childrenAges: [],
    animals: false, stepFree: false, quietWished: false, womenOnly: false, womanAlone: false, allWomen: false, languages: ['ru'],
    unsafeToReturn: false, unwell: false, onwardPlan: null, growth: null, source: 'POSTER',
    contact: chance.is(0.6) ? contactOf(chance, id) : null, note: null, locale: 'ru', state: 'OPEN', brokenPlacement: false,
    erased: false, closedAt: null, ...wanted,
  }
}
