import { addDays, type Day } from '../time/day'
import { countNights, mergeRuns, nightsFrom, overlaps, sharedNights, subtractRuns, type Nights } from '../time/nights'
import type { HomeKind, HostState, OfferDraft, WhenAnswer } from './schema'

/** The furthest a host may offer ahead, in nights. */
export const MAX_AHEAD_NIGHTS = 366
/** The longest single opening the database takes, in nights. */
const MAX_OPENING_NIGHTS = 732
const LENGTH_NIGHTS = { NIGHTS_3: 3, WEEK: 7, MONTH: 30 } as const

/** One room as an offer lists it. */
export interface RoomPlan {
  sleeps: number
  sharedHall: boolean
}

/** True for homes where strangers sleep in one space, so that each place is a room of its own. */
export function isHall(kind: HomeKind): boolean {
  return kind === 'HALL' || kind === 'OFFICE'
}

/**
 * The rooms of an offer. A room takes one party, so a hall is listed as one room per sleeping place.
 *
 * @param rooms rooms or halls. @param places sleeping places in each.
 */
export function listRooms({ kind, rooms, places }: { kind: HomeKind; rooms: number; places: number }): RoomPlan[] {
  if (isHall(kind)) return Array.from({ length: rooms * places }, () => ({ sleeps: 1, sharedHall: true }))
  return Array.from({ length: rooms }, () => ({ sleeps: places, sharedHall: false }))
}

function firstNight({ start, startDay }: WhenAnswer, today: Day): Day | null {
  if (start === 'TODAY') return today
  return start === 'TOMORROW' ? addDays(today, 1) : startDay
}

/** The nights an offer is open, or `null` while a day is missing. `today`: the calendar day in the home's city. */
export function openingOf(when: WhenAnswer, today: Day): Nights | null {
  const from = firstNight(when, today)
  if (from === null) return null
  if (when.length !== 'UNTIL') return nightsFrom(from, LENGTH_NIGHTS[when.length])
  return when.lastNight === null ? null : { from, until: addDays(when.lastNight, 1) }
}

/** What is wrong with days a host gave, and at which field. */
export interface DayIssue<Field extends string> {
  field: Field
  code: 'DAY_INVALID' | 'DAY_PAST' | 'DAYS_REVERSED' | 'DAY_TOO_FAR'
}

/** Checks a run of nights to offer or to close against today; first wrong field first. */
export function checkNights({ from, until }: Nights, today: Day): DayIssue<'from' | 'lastNight'>[] {
  if (from < today) return [{ field: 'from', code: 'DAY_PAST' }]
  if (until <= from) return [{ field: 'lastNight', code: 'DAYS_REVERSED' }]
  if (until > addDays(today, MAX_AHEAD_NIGHTS)) return [{ field: 'lastNight', code: 'DAY_TOO_FAR' }]
  return []
}

/**
 * As `checkNights`, before it is known which town's calendar counts, and whether this was asked before: what is too far in
 * the first town to enter a day is too far everywhere. Nights that are over were still to come when a form was first sent
 * whose answer was lost, so they are left to the command, which knows the form's key.
 *
 * @param days today in the last and in the first town.
 */
export function checkNightsAnywhere(nights: Nights, { lastToday, firstToday }: { lastToday: Day; firstToday: Day }): DayIssue<'from' | 'lastNight'>[] {
  return [
    ...checkNights(nights, lastToday).filter(({ code }) => code === 'DAYS_REVERSED'),
    ...checkNights(nights, firstToday).filter(({ code }) => code === 'DAY_TOO_FAR'),
  ]
}

/** Checks the days of the third screen; missing days are only missed where they were asked for. */
export function checkWhen(when: WhenAnswer, today: Day): DayIssue<'startDay' | 'lastNight'>[] {
  if (when.start === 'DATE' && when.startDay === null) return [{ field: 'startDay', code: 'DAY_INVALID' }]
  const opening = openingOf(when, today)
  if (opening === null) return [{ field: 'lastNight', code: 'DAY_INVALID' }]
  return checkNights(opening, today).map(({ field, code }) => {
    const ofStart = field === 'from' || (code === 'DAY_TOO_FAR' && when.length !== 'UNTIL')
    return { field: ofStart ? 'startDay' : 'lastNight', code }
  })
}

/** The screens of an offer in their order. */
export const OFFER_STEPS = ['what', 'where', 'when', 'house', 'you', 'check'] as const
export type OfferStep = (typeof OFFER_STEPS)[number]

/** The first screen that has no answer yet. A signed-in host is known, so is not asked who they are. */
export function nextStep(draft: OfferDraft | null, knownHost: boolean): OfferStep {
  const answered: Record<Exclude<OfferStep, 'check'>, boolean> = {
    what: draft?.what !== undefined,
    where: draft?.where !== undefined,
    when: draft?.when !== undefined,
    house: draft?.house !== undefined,
    you: knownHost || draft?.you !== undefined,
  }
  return OFFER_STEPS.find((step) => step !== 'check' && !answered[step]) ?? 'check'
}

/** What a night of a room is to its host. */
export type NightState = 'FREE' | 'HELD' | 'TAKEN' | 'NOT_OFFERED'

/** A promise on a room as its host may see it: held while the answers are awaited, taken once confirmed. */
export interface RoomHold extends Nights {
  confirmed: boolean
}

/** One night of the calendar. */
export interface CalendarNight {
  day: Day
  state: NightState
}

/** Says of each night of `span` what it is. */
export function calendarNights(
  { span, openings, holds }: { span: Nights; openings: readonly Nights[]; holds: readonly RoomHold[] },
): CalendarNight[] {
  return Array.from({ length: Math.max(0, countNights(span)) }, (_, index) => {
    const night = nightsFrom(addDays(span.from, index), 1)
    return { day: night.from, state: nightState(night, openings, holds) }
  })
}

function nightState(night: Nights, openings: readonly Nights[], holds: readonly RoomHold[]): NightState {
  const hold = holds.find((one) => overlaps(one, night))
  if (hold) return hold.confirmed ? 'TAKEN' : 'HELD'
  return openings.some((one) => overlaps(one, night)) ? 'FREE' : 'NOT_OFFERED'
}

/** The openings after some nights more were offered: touching and overlapping ones become one. */
export function withNights(openings: readonly Nights[], added: Nights): Nights[] {
  return mergeRuns([...openings, added])
}

/** The openings after some nights were closed. */
export function withoutNights(openings: readonly Nights[], closed: Nights): Nights[] {
  return subtractRuns(openings, [closed])
}

/** True when an opening would be longer than the database takes. */
export function isTooLong(openings: readonly Nights[]): boolean {
  return openings.some((one) => countNights(one) > MAX_OPENING_NIGHTS)
}

/** The promised nights that would be lost when these nights were closed, as runs in order. */
export function promisedNights(closed: Nights, holds: readonly Nights[]): Nights[] {
  return mergeRuns(holds.map((hold) => sharedNights(hold, closed)).filter((shared) => shared !== null))
}

/** An address in the one spelling its blind index is made of. */
export function normaliseAddress(address: string): string {
  return address.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

interface Seeable {
  /** Nobody has seen the home at this address. */
  toVisit: boolean
}

/**
 * Whether a home's card must say that nobody has seen it. A host whom nobody has met, in any home, is told so once, by
 * their state.
 */
export function tellsVisit({ state, homes }: { state: HostState; homes: readonly Seeable[] }, { toVisit }: Seeable): boolean {
  return toVisit && (state !== 'APPLIED' || homes.some((home) => !home.toVisit))
}