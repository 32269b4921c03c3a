import { z } from 'zod'
import { flag, idText, oneOf, wholeNumber } from '../text/schema'
import { daySchema } from '../time/day'

export const PLACEMENT_STATES = [
  'PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED', 'DECLINED', 'LAPSED', 'CANCELLED', 'NOT_ARRIVED',
] as const
export type PlacementState = (typeof PLACEMENT_STATES)[number]

export const SIDES = ['HOST', 'GUEST', 'COORDINATOR'] as const
export type Side = (typeof SIDES)[number]

/** Why a host says not this time. */
export const HOST_NO_REASONS = [
  'DATES_CHANGED', 'ROOM_GONE', 'HOUSEHOLD_OBJECTS', 'PARTY_TOO_BIG', 'ANIMALS_OR_SMOKING', 'WRONG_LENGTH',
  'WANTS_TO_MEET_FIRST', 'NEEDS_REST', 'SAFETY_WORRY', 'OTHER',
] as const

/** Why a guest asks for another place. Never required. */
export const GUEST_NO_REASONS = [
  'FOUND_A_PLACE', 'TOO_FAR', 'NOT_SAFE', 'HOUSE_RULE', 'MOVED_ON', 'WANTS_OWN_ROOM', 'OTHER',
] as const

/** Why a confirmed or running stay ended. */
export const ENDED_REASONS = [
  'PLANNED', 'NEXT_HOST', 'OWN_RENT', 'LEFT_THE_COUNTRY', 'FAMILY_CAME', 'HOST_ENDED_EARLY', 'GUEST_LEFT_EARLY',
  'CONFLICT', 'SAFETY', 'NO_SHOW',
] as const
export type EndedReason = (typeof ENDED_REASONS)[number]

/** Why a host ends a stay before its last morning. */
export const HOST_END_REASONS = ['HOST_ENDED_EARLY', 'CONFLICT', 'SAFETY'] as const satisfies readonly EndedReason[]

/** Where people went. */
export const DESTINATIONS = ['SETTLED', 'TEMPORARY', 'UNKNOWN', 'NOWHERE'] as const

/** Version of the legal card (the host's duty to notify) both sides see before they say yes. */
export const LEGAL_VERSION = '2022-10-01'

export const guestYesSchema = z.strictObject({ placementId: idText, legal: z.literal('on', 'LEGAL_NEEDED') })
export const guestNoSchema = z.strictObject({ placementId: idText, reason: oneOf(GUEST_NO_REASONS).optional() })
export const placementIdSchema = z.strictObject({ placementId: idText })
export const hostEndSchema = z.strictObject({ reason: oneOf(HOST_END_REASONS).optional() })

/** What every form of a coordinator's record carries: which placement, and as of which version it was drawn. */
export const recordSchema = z.strictObject({ placementId: idText, version: wholeNumber(1, 9_999) })
/** Other nights; the first one only while the guests have not come, beside the one the form was drawn with. */
export const extendSchema = recordSchema.extend({
  until: daySchema, hostAgreed: flag, from: daySchema.optional(), drawnFrom: daySchema.optional(),
})
export const endStaySchema = recordSchema.extend({
  reason: oneOf(ENDED_REASONS),
  destination: oneOf(DESTINATIONS).optional(),
  needsPlace: flag,
})
