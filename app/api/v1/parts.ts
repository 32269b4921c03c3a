import { z } from 'zod'
import {
  CIRCUMSTANCES, LANGUAGES, MAX_GROWTH, MAX_NIGHTS, MAX_PARTY, REACH_CHOICES,
} from '@/lib/arrivals/schema'
import { checkIntake } from '@/lib/arrivals/commands/checked'
import { flag, said, someOf, whole } from '@/lib/api/schema'
import { LOCALES } from '@/lib/i18n/routing'
import { citySlugSchema } from '@/lib/places/schema'
import { oneOf, sharedText } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'

// What bodies of requests have in common. The sentences of the codes are those of the forms.

const MAX_CONTACT = 254

const growth = z
  .strictObject({ persons: whole(1, MAX_GROWTH), from: daySchema, keepUntil: daySchema })
  .refine(({ from, keepUntil }) => keepUntil >= from, { path: ['keepUntil'], message: 'DAYS_REVERSED' })

const party = z.strictObject({
  adults: whole(0, MAX_PARTY),
  childrenAges: z.array(whole(0, 17), 'CHOICE_INVALID').max(MAX_PARTY, 'PARTY_TOO_BIG').default([]),
  circumstances: someOf(CIRCUMSTANCES),
  languages: someOf(LANGUAGES),
  growth: growth.nullable().default(null),
})
  .refine(({ adults, childrenAges }) => adults + childrenAges.length > 0, { path: ['adults'], message: 'PARTY_EMPTY' })
  .refine(({ adults, childrenAges }) => adults + childrenAges.length <= MAX_PARTY, { path: ['adults'], message: 'PARTY_TOO_BIG' })

const reach = z.strictObject({
  kind: oneOf(REACH_CHOICES).default('NONE'),
  contact: z.string('TEXT_INVALID').max(MAX_CONTACT, 'TEXT_TOO_LONG').default(''),
  nickname: sharedText(40).describe('What they want to be called: at most 40 characters, no contact, no document number'),
}).transform(({ kind, contact, nickname }) => ({ kind, contact: kind === 'NONE' ? '' : contact.trim(), nickname }))

/** A request for shelter: where and when, who, and how to reach them. */
export const intakeFields = {
  where: z.strictObject({
    cityId: citySlugSchema.describe('The id of a town, as almaty'),
    firstNight: z.union([z.enum(['today', 'tomorrow']), daySchema], 'DAY_INVALID'),
    nights: whole(1, MAX_NIGHTS),
  }),
  who: party,
  reach,
  /** Language of letters. */
  locale: oneOf(LOCALES).default('ru'),
}

/** A request as a newcomer's own program sends it. */
export const askBody = z.strictObject(intakeFields).superRefine(checkIntake)

/** That the card about the duty to notify was shown and read, by whoever says yes. */
export const legal = said('LEGAL_NEEDED')
/** Whether people still need a place afterwards. */
export const needsPlace = flag
/** As of which version of the row the request is meant. */
export const version = whole(1, 999_999)
