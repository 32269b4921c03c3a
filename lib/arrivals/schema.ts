import { z } from 'zod'
import { FRONT_CITIES } from '../places/places'
import { citySlugSchema } from '../places/schema'
import { flag, idText, oneOf, optionalText, sharedText, someOf, wholeNumber } from '../text/schema'
import { daySchema, type Day } from '../time/day'

export const ARRIVAL_STATES = ['OPEN', 'OFFERED', 'PLACED', 'CLOSED', 'WITHDRAWN'] as const
export type ArrivalState = (typeof ARRIVAL_STATES)[number]

export const ARRIVAL_SOURCES = ['POSTER', 'WEB', 'DESK', 'PHONE'] as const
export type ArrivalSource = (typeof ARRIVAL_SOURCES)[number]

/** Views of the coordinator's queue; each is a filter, the order is always the same. */
export const QUEUE_VIEWS = ['TONIGHT', 'TOMORROW', 'FAMILIES', 'GROUPS', 'WAITING_HOST', 'WAITING_GUEST', 'BROKEN', 'ALL'] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]

export const NIGHT_CHOICES = ['today', 'tomorrow', 'other'] as const

/** Nights asked for, as tiles: one, two or three, a week, or a number of one's own. */
export const LENGTH_CHOICES = ['1', '3', '7', 'longer'] as const

/** What is good to know; each is a column of its own or, for the two about women, of two. */
export const CIRCUMSTANCES = [
  'womanAlone', 'allWomen', 'womenOnly', 'animals', 'stepFree', 'quiet', 'unwell', 'unsafeToReturn',
] as const
export type Circumstance = (typeof CIRCUMSTANCES)[number]

export const LANGUAGES = ['ru', 'kk', 'en', 'ky'] as const
export type Language = (typeof LANGUAGES)[number]

/** How somebody can be reached. NONE: they look at their own page. */
export const REACH_CHOICES = ['NONE', 'MAIL', 'PHONE'] as const
export type ReachChoice = (typeof REACH_CHOICES)[number]

/** Value of the city tile that opens the list of all towns. */
export const OTHER_CITY = 'other'

export const MAX_PARTY = 50
export const MAX_NIGHTS = 90
export const MAX_GROWTH = 20
/** Above this many people a coordinator calls: one home rarely takes them all. */
export const GROUP_FROM = 9
/** Days after the last night until contact and note are deleted. */
export const RETENTION_DAYS = 30
const MAX_NICKNAME = 40
const MAX_NOTE = 500
const MAX_CONTACT = 254
const RAW = 60

/** Children are counted by age group; the age stored is the middle of the group. */
export const AGE_GROUPS = [
  { field: 'children0', from: 0, to: 2, age: 1 },
  { field: 'children3', from: 3, to: 6, age: 5 },
  { field: 'children7', from: 7, to: 12, age: 10 },
  { field: 'children13', from: 13, to: 17, age: 15 },
] as const

// a field that only counts when another one says so arrives empty or with anything in it
const loose = (code: string) => z.string(code).max(RAW, code).default('')

const people = () => wholeNumber(0, MAX_PARTY, 'PARTY_TOO_BIG')

const whereFields = {
  city: z.union([oneOf([...FRONT_CITIES, OTHER_CITY]), citySlugSchema], 'CITY_UNKNOWN'),
  otherCity: loose('CITY_UNKNOWN'),
  night: oneOf(NIGHT_CHOICES),
  day: loose('DAY_INVALID'),
  nights: oneOf(LENGTH_CHOICES),
  longer: loose('NIGHTS_RANGE'),
}
const whoFields = {
  adults: people(),
  children0: people(), children3: people(), children7: people(), children13: people(),
  circumstances: someOf(CIRCUMSTANCES),
  languages: someOf(LANGUAGES),
  laterPersons: wholeNumber(0, MAX_GROWTH),
  laterFrom: loose('DAY_INVALID'),
  laterUntil: loose('DAY_INVALID'),
}
const reachFields = {
  reach: oneOf(REACH_CHOICES),
  mail: z.string('MAIL_INVALID').max(MAX_CONTACT, 'MAIL_INVALID').default(''),
  phone: loose('PHONE_INVALID'),
  nickname: sharedText(MAX_NICKNAME),
}

type Raw<Fields extends Record<string, z.ZodType>> = z.infer<z.ZodObject<Fields>>
interface Context { addIssue: (issue: { code: 'custom'; path: string[]; message: string; input?: unknown }) => void }

function complain(context: Context, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: [field], message })
}

/** `today`, `tomorrow` or a day: the words stay words until the request is sent, so that midnight makes nobody late. */
export type FirstNight = string

/** Screen 1 as it is kept: one known town, a first night, a number of nights. */
export interface Where {
  cityId: string
  firstNight: FirstNight
  nights: number
}

function readDay(text: string, field: string, context: Context): Day | null {
  const day = daySchema.safeParse(text)
  if (day.success) return day.data
  complain(context, field, text === '' ? 'DAY_MISSING' : 'DAY_INVALID')
  return null
}

function readCity({ city, otherCity }: Raw<typeof whereFields>, context: Context): string | null {
  if (city !== OTHER_CITY) return city
  if (citySlugSchema.safeParse(otherCity).success) return otherCity
  complain(context, 'otherCity', otherCity === '' ? 'CITY_MISSING' : 'CITY_UNKNOWN')
  return null
}

function readNights({ nights, longer }: Raw<typeof whereFields>, context: Context): number | null {
  if (nights !== 'longer') return Number(nights)
  const value = /^\s*\d{1,3}\s*$/.test(longer) ? Number(longer.trim()) : 0
  if (value >= 1 && value <= MAX_NIGHTS) return value
  complain(context, 'longer', 'NIGHTS_RANGE')
  return null
}

function readWhere(raw: Raw<typeof whereFields>, context: Context): Where {
  const cityId = readCity(raw, context)
  const firstNight = raw.night === 'other' ? readDay(raw.day, 'day', context) : raw.night
  const nights = readNights(raw, context)
  return cityId === null || firstNight === null || nights === null ? z.NEVER : { cityId, firstNight, nights }
}

/** People who come later and the day their beds are kept until. */
export interface Growth { persons: number; from: Day; keepUntil: Day }

/** Screen 2 as it is kept. No adult means children alone: the caller stops there. */
export interface Who {
  adults: number
  childrenAges: number[]
  circumstances: Circumstance[]
  languages: Language[]
  growth: Growth | null
}

function partyFault(persons: number): string | null {
  if (persons === 0) return 'PARTY_EMPTY'
  return persons > MAX_PARTY ? 'PARTY_TOO_BIG' : null
}

function readWho(raw: Raw<typeof whoFields>, context: Context): Who {
  const childrenAges = AGE_GROUPS.flatMap(({ field, age }) => Array.from({ length: raw[field] }, () => age))
  const fault = partyFault(raw.adults + childrenAges.length)
  if (fault !== null) complain(context, 'adults', fault)
  const growth = raw.laterPersons === 0 ? null : readGrowth(raw, context)
  const circumstances = CIRCUMSTANCES.filter((one) => raw.circumstances.includes(one))
  const languages = LANGUAGES.filter((one) => raw.languages.includes(one))
  return { adults: raw.adults, childrenAges, circumstances, languages, growth }
}

function readGrowth(raw: Raw<typeof whoFields>, context: Context): Growth {
  const from = readDay(raw.laterFrom, 'laterFrom', context)
  const keepUntil = readDay(raw.laterUntil, 'laterUntil', context)
  if (from === null || keepUntil === null) return z.NEVER
  if (keepUntil < from) complain(context, 'laterUntil', 'DAYS_REVERSED')
  return { persons: raw.laterPersons, from, keepUntil }
}

/** Screen 3 as it is kept. `contact` is checked in shape only; `commands/contact.ts` brings it into its one spelling. */
export interface Reach {
  kind: ReachChoice
  contact: string
  nickname: string
}

function readReach(raw: Raw<typeof reachFields>): Reach {
  const contact = { NONE: '', MAIL: raw.mail, PHONE: raw.phone }[raw.reach]
  return { kind: raw.reach, contact: contact.trim(), nickname: raw.nickname }
}

export const whereSchema = z
  .strictObject({ ...whereFields, source: oneOf(['POSTER', 'WEB']) })
  .transform((raw, context) => ({ where: readWhere(raw, context), source: raw.source }))
export const whoSchema = z.strictObject(whoFields).transform(readWho)
export const reachSchema = z.strictObject(reachFields).transform(readReach)

/** A whole request, however it was asked for. */
export interface Intake {
  where: Where
  who: Who
  reach: Reach
  /** For coordinators only, sealed at once. */
  note: string | null
}

/**
 * The coordinator's one-screen form for somebody who phones or stands at the desk: the fields of the three screens,
 * and a note. A party without an adult is refused at the field.
 */
export const intakeSchema = z
  .strictObject({
    ...whereFields, ...whoFields, ...reachFields,
    source: oneOf(['PHONE', 'DESK']),
    note: optionalText(MAX_NOTE, { lines: true }),
  })
  .transform((raw, context) => {
    const intake = { where: readWhere(raw, context), who: readWho(raw, context), reach: readReach(raw), note: raw.note }
    if (raw.adults === 0) complain(context, 'adults', 'ADULT_NEEDED')
    return { ...intake, source: raw.source }
  })
export type EnteredIntake = z.infer<typeof intakeSchema>

/** Why a guest leaves before the last morning, as they may say it. */
export const LEAVING_REASONS = [
  'OWN_RENT', 'LEFT_THE_COUNTRY', 'NEXT_HOST', 'FAMILY_CAME', 'SAFETY', 'GUEST_LEFT_EARLY',
] as const

export const EXTEND_CHOICES = ['1', '3', '7', 'day'] as const

/** The code people say aloud, however it was typed; whose it is, is looked up. */
export const spokenCodeSchema = z.strictObject({ code: z.string('TEXT_INVALID').max(40, 'TEXT_TOO_LONG') })
export const secretSchema = z.strictObject({ secret: z.string('TEXT_INVALID').max(400, 'TEXT_TOO_LONG') })

/** A wish to stay longer: so many nights more, or until a day. */
export const longerSchema = z
  .strictObject({ placementId: idText, more: oneOf(EXTEND_CHOICES), day: loose('DAY_INVALID') })
  .transform(({ placementId, more, day }, context): { placementId: string; wish: { nights: number } | { until: Day } } => {
    if (more !== 'day') return { placementId, wish: { nights: Number(more) } }
    const until = readDay(day, 'day', context)
    return until === null ? z.NEVER : { placementId, wish: { until } }
  })

export const leaveSchema = z.strictObject({
  placementId: idText,
  reason: oneOf(LEAVING_REASONS).default('GUEST_LEFT_EARLY'),
  needsPlace: flag,
})

/** What is taken back: one agreed stay, or the whole request. */
export const cancelSchema = z.strictObject({ what: z.union([z.literal('all'), idText], 'CHOICE_INVALID') })
