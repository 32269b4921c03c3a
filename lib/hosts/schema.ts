import { z } from 'zod'
import { mailText } from '../auth/schema'
import { GUEST_NO_REASONS, HOST_NO_REASONS } from '../placements/schema'
import { citySlugSchema, districtInCity, districtSlugSchema } from '../places/schema'
import { FRONT_CITIES } from '../places/places'
import { flag, idText, oneOf, optionalSharedText, optionalText, requiredText, sharedText, someOf, wholeNumber, type TextOptions } from '../text/schema'
import { daySchema } from '../time/day'

export const HOME_KINDS = ['ROOM_IN_HOME', 'FLAT', 'HOUSE', 'OFFICE', 'HALL'] as const
export type HomeKind = (typeof HOME_KINDS)[number]

export const HOST_STATES = ['APPLIED', 'VISITED', 'VETTED', 'BLOCKED'] as const
export type HostState = (typeof HOST_STATES)[number]

export const ROOM_EXTRAS = ['OWN_ENTRANCE', 'PRIVATE_BATH', 'QUIET'] as const
export const LANGUAGES = ['kk', 'ru', 'en', 'ky', 'uz', 'tr'] as const
export const STARTS = ['TODAY', 'TOMORROW', 'DATE'] as const
export const LENGTHS = ['NIGHTS_3', 'WEEK', 'MONTH', 'UNTIL'] as const
export const LONGEST_STAYS = ['ANY', '3', '7', '14', '30', '90'] as const
export const REST_NIGHTS = ['0', '1', '2', '3', '7'] as const
export const NOTICE_HOURS = ['0', '3', '12', '24', '48', '72'] as const

/** Version of the rules page (the six principles) a host accepts; a date, so that a later one asks again. */
export const RULES_VERSION = '2022-10-01'
/** Rooms of one home. */
export const MAX_ROOMS = 50
/** Homes of one host; more is a programme, not a household. */
export const MAX_HOMES = 10

/** A day that may be left out: an empty field is `null`. Code: DAY_INVALID. */
const optionalDay = z
  .string('DAY_INVALID')
  .refine((text) => text === '' || daySchema.safeParse(text).success, { error: 'DAY_INVALID', abort: true })
  .transform((text) => (text === '' ? null : text))
  .optional()
  .transform((text) => text ?? null)

// Looking for contacts in a text takes the square of its length, so what is far too long is refused before it.
const MAX_LOOKED_AT = 2_000
const looked = z.string('TEXT_INVALID').max(MAX_LOOKED_AT, 'TEXT_TOO_LONG')
const nameText = (max: number, options: TextOptions = {}) => looked.pipe(sharedText(max, options))

const emptyAsAbsent = (text: unknown): unknown => (text === '' ? undefined : text)

/** Screen 1: what there is. Rooms of a hall become one room per sleeping place. */
export const whatSchema = z
  .strictObject({
    kind: oneOf(HOME_KINDS),
    rooms: wholeNumber(1, 20),
    places: wholeNumber(1, 50),
    extras: someOf(ROOM_EXTRAS).transform((chosen) => ROOM_EXTRAS.filter((extra) => chosen.includes(extra))),
  })
  .refine(({ rooms, places }) => rooms * places <= MAX_ROOMS, { path: ['places'], message: 'PLACES_TOO_MANY' })

/** Screen 2: where. The address may wait until the first guest is asked about. */
export const whereSchema = z
  .strictObject({
    city: oneOf([...FRONT_CITIES, 'OTHER']),
    otherCity: z.preprocess(emptyAsAbsent, citySlugSchema.optional()),
    district: z.preprocess(emptyAsAbsent, districtSlugSchema.optional()),
    address: optionalText(200, { draft: true }),
    entrance: optionalText(300, { lines: true, draft: true }),
  })
  .refine(({ city, otherCity }) => city !== 'OTHER' || otherCity !== undefined, { path: ['otherCity'], message: 'CITY_UNKNOWN' })
  .transform(({ city, otherCity, district, address, entrance }) => ({
    cityId: city === 'OTHER' ? (otherCity ?? '') : city, districtId: district ?? null, address, entrance,
  }))
  .refine(({ cityId, districtId }) => districtId === null || districtInCity({ cityId, districtId }), {
    path: ['district'], message: 'DISTRICT_ELSEWHERE',
  })

/** Screen 3: when. `city` says whose calendar "today" belongs to. */
export const whenSchema = z.strictObject({
  city: citySlugSchema,
  start: oneOf(STARTS),
  startDay: optionalDay,
  length: oneOf(LENGTHS),
  lastNight: optionalDay,
  restNights: oneOf(REST_NIGHTS),
  longest: oneOf(LONGEST_STAYS),
  notice: oneOf(NOTICE_HOURS),
})
export type WhenAnswer = Omit<z.infer<typeof whenSchema>, 'city'>

/** Household facts. A household of women only, and no other, may take women only (seen as such at the visit). */
const household = {
  womenOnlyHousehold: flag,
  womenOnlyGuests: flag,
  childrenHere: flag,
  animalsHere: flag,
  smoking: flag,
  childrenWelcome: flag,
  animalsWelcome: flag,
  languages: someOf(LANGUAGES).transform((chosen) => LANGUAGES.filter((language) => chosen.includes(language))),
}
const womenRule = ({ womenOnlyHousehold, womenOnlyGuests }: { womenOnlyHousehold: boolean; womenOnlyGuests: boolean }) =>
  womenOnlyHousehold || !womenOnlyGuests
const womenIssue = { path: ['womenOnlyGuests'], message: 'WOMEN_NEEDS_HOUSEHOLD' }

/** Screen 4: who lives there and who is welcome. */
export const houseSchema = z.strictObject({ ...household, stepFree: flag }).refine(womenRule, womenIssue)

/** Screen 6: both cards read. */
export const publishSchema = z.strictObject({
  legal: z.literal('on', 'LEGAL_NEEDED'),
  rules: z.literal('on', 'RULES_NEEDED'),
})

/** Screen 5: a first name for the guests, one way to reach the host, and whether confirmed guests may use it too. */
export const youSchema = z.strictObject({ firstName: nameText(40, { draft: true }), mail: mailText, contactShown: flag })

const version = z.string('FORM_STALE').regex(/^\d{1,9}$/, 'FORM_STALE').transform((text) => Number(text))

export const pauseSchema = z.strictObject({ paused: oneOf(['yes', 'no']) })
export const nothingSchema = z.strictObject({})
export const contactShownSchema = z.strictObject({ contactShown: flag })

export const householdSchema = z.strictObject({ version, ...household }).refine(womenRule, womenIssue)

export const homeSchema = z.strictObject({
  homeId: idText,
  version,
  district: z.preprocess(emptyAsAbsent, districtSlugSchema.optional()),
  stepFree: flag,
  ownEntrance: flag,
  notice: oneOf(NOTICE_HOURS),
  houseRules: looked.nullish().pipe(optionalSharedText(500, { lines: true })),
})

export const addressSchema = z.strictObject({
  homeId: idText, version, address: requiredText(200), entrance: optionalText(300, { lines: true }),
})

export const addRoomSchema = z.strictObject({ homeId: idText, name: nameText(60), sleeps: wholeNumber(1, 50) })

export const roomSchema = z.strictObject({
  roomId: idText, version, name: nameText(60), sleeps: wholeNumber(1, 50), quiet: flag, privateBath: flag, inService: flag,
})

/** Nights to offer or to close: first and last night, both included. */
export const nightsSchema = z.strictObject({ roomId: idText, version, from: daySchema, lastNight: daySchema })

/** Answers from a mailed link. */
export const answerYesSchema = z.strictObject({ legal: z.literal('on', 'LEGAL_NEEDED') })
export const firstYesSchema = z.strictObject({
  legal: z.literal('on', 'LEGAL_NEEDED'), address: requiredText(200), entrance: optionalText(300, { lines: true }),
})
export const answerNoSchema = z.strictObject({ reason: oneOf(HOST_NO_REASONS).optional() })
export const guestAnotherSchema = z.strictObject({ reason: oneOf(GUEST_NO_REASONS).optional() })
export const agreeSchema = z.strictObject({ agree: oneOf(['yes', 'no']) })

/** What a browser keeps of an unfinished offer: the answers as they were understood. */
export const offerDraftSchema = z.object({
  /** Idempotency key of the whole offer: however often it is sent, there is one home. */
  key: z.string().min(16),
  what: z.object({
    kind: z.enum(HOME_KINDS), rooms: z.number(), places: z.number(), extras: z.array(z.enum(ROOM_EXTRAS)),
  }).optional(),
  where: z.object({
    cityId: citySlugSchema, districtId: districtSlugSchema.nullable(), address: z.string().nullable(), entrance: z.string().nullable(),
  }).optional(),
  when: z.object({
    start: z.enum(STARTS), startDay: daySchema.nullable(), length: z.enum(LENGTHS), lastNight: daySchema.nullable(),
    restNights: z.enum(REST_NIGHTS), longest: z.enum(LONGEST_STAYS), notice: z.enum(NOTICE_HOURS),
  }).optional(),
  house: z.object({
    womenOnlyHousehold: z.boolean(), womenOnlyGuests: z.boolean(), childrenHere: z.boolean(), animalsHere: z.boolean(),
    smoking: z.boolean(), childrenWelcome: z.boolean(), animalsWelcome: z.boolean(), stepFree: z.boolean(),
    languages: z.array(z.enum(LANGUAGES)),
  }).optional(),
  you: z.object({ firstName: z.string(), mail: z.string(), contactShown: z.boolean() }).optional(),
  /** Row of the mailed code, once the offer was published. */
  codeId: z.uuid().optional(),
  /** The key has listed a home with other answers: only what the host says makes another home of these. */
  offered: z.boolean().optional(),
})
export type OfferDraft = z.infer<typeof offerDraftSchema>
export type HouseFacts = NonNullable<OfferDraft['house']>
