import { z } from 'zod'
import { MAX_HOMES } from '../hosts/schema'
import { idText, flag, optionalSharedText, sharedText } from '../text/schema'
import { addDays, daySchema, type Day } from '../time/day'

/** What is checked before anybody may be placed with a host. VISIT and IN_PERSON both count as having been seen. */
export const CHECK_KINDS = ['VISIT', 'REFERENCE', 'IN_PERSON'] as const
export type CheckKind = (typeof CHECK_KINDS)[number]

/** Why a host's contact or address stays closed, as the database answers. */
export type HostClosed = 'NOT_FOUND' | 'NOT_YOURS' | 'NO_VISIT_DUE'

/** Days a check is good for, from the day it was done. */
export const CHECK_DAYS = 365
/** References a host needs, each from somebody else. */
export const REFERENCES_NEEDED = 2
const MAX_REFEREE = 80
const MAX_NOTE = 500

const version = z.string('FORM_STALE').regex(/^\d{1,9}$/, 'FORM_STALE').transform((text) => Number(text))

/** The day of a check: not to come, and not so long ago that it counts no more. The browser brings the day the page was drawn on. */
export function checkedOn(today: () => Day) {
  return daySchema
    .refine((day) => day <= today(), 'DAY_FUTURE')
    .refine((day) => day > addDays(today(), -CHECK_DAYS), 'DAY_TOO_LONG_AGO')
}

/**
 * A visit to a home: the day, what was seen, whether a household of women only is one, and which of the host's homes it
 * was, one at least.
 *
 * @param today asked at each check of the form.
 */
export function visitSchema(today: () => Day) {
  return z.strictObject({
    hostId: idText,
    version,
    doneOn: checkedOn(today),
    seen: z.literal('on', 'SEEN_NEEDED'),
    womenOnlySeen: flag,
    homes: z.array(idText, { error: ({ input }) => (input === undefined ? 'HOMES_NEEDED' : 'INVALID') })
      .min(1, 'HOMES_NEEDED').max(MAX_HOMES, 'INVALID'),
    note: optionalSharedText(MAX_NOTE, { lines: true }),
  })
}

/**
 * What somebody who knows the host says of them. The referee is named so that two references are two people's.
 *
 * @param today asked at each check of the form.
 */
export function referenceSchema(today: () => Day) {
  return z.strictObject({
    hostId: idText,
    version,
    doneOn: checkedOn(today),
    referee: sharedText(MAX_REFEREE),
    apart: z.literal('on', 'APART_NEEDED'),
    note: optionalSharedText(MAX_NOTE, { lines: true }),
  })
}

export const hostIdSchema = z.strictObject({ hostId: idText })
