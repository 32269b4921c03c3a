import { z } from 'zod'
import type { RoundLeg } from '../matching/round-types'
import { citySlugSchema } from '../places/schema'
import { flag, idText, oneOf } from '../text/schema'

/** Kinds of parties a round may be about: members of a group, parties with children, adults. Each party is of one kind. */
export const PARTY_KINDS = ['GROUPS', 'FAMILIES', 'ADULTS'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]

export type RoundState = 'QUEUED' | 'RUNNING' | 'DONE' | 'STOPPED' | 'FAILED'

/** Whose first night: how many nights away it may be at most, 0 being tonight; `null`: everybody who waits. */
export const NIGHT_SCOPES = { tonight: 0, tomorrow: 1, week: 6, all: null } as const
export type NightScope = keyof typeof NIGHT_SCOPES
const SCOPE_NAMES = ['tonight', 'tomorrow', 'week', 'all'] as const

/** Why a round ended without a result. */
export type RoundFailure = 'WORKER_GONE' | 'TOO_LARGE' | 'TOO_LONG' | 'OUT_OF_MEMORY' | 'BROKEN' | 'GAP'

const MOST_CITIES = 100
/** Suggestions on one page, and so the most that are ticked one by one. */
export const MOST_CHOSEN = 2_000
const LONGEST_NUMBER = 6

/** The scope of a round as the form sends it: one or more towns, one night scope, one or more kinds of parties. */
export const startRoundSchema = z.strictObject({
  cities: z.array(citySlugSchema, 'CHOICE_INVALID').min(1, 'CITIES_NONE').max(MOST_CITIES, 'CHOICE_INVALID')
    .transform((ids) => [...new Set(ids)].sort()),
  nights: oneOf(SCOPE_NAMES).transform((name) => NIGHT_SCOPES[name]),
  parties: z.array(z.enum(PARTY_KINDS, 'CHOICE_INVALID'), 'CHOICE_INVALID').min(1, 'PARTIES_NONE').max(PARTY_KINDS.length, 'CHOICE_INVALID')
    .transform((chosen) => PARTY_KINDS.filter((kind) => chosen.includes(kind))),
  groupsInPart: flag,
})

/** The policy of the one town a round is about. */
export const OWN_POLICY = 'OWN'

/** The form that starts a round: it decides by the town's own policy, and of several towns by that of one among them. */
export const startFormSchema = z.strictObject({
  ...startRoundSchema.shape, policyOf: z.union([z.literal(OWN_POLICY), citySlugSchema], 'CHOICE_INVALID'),
}).check(({ value: { cities, policyOf }, issues }) => {
  const message = policyOf !== OWN_POLICY ? !cities.includes(policyOf) && 'POLICY_NOT_CHOSEN' : cities.length > 1 && 'POLICY_OF_SEVERAL'
  if (message !== false) issues.push({ code: 'custom', path: ['policyOf'], input: policyOf, message })
}).transform(({ policyOf, ...form }) => ({ ...form, policyOf: policyOf === OWN_POLICY ? (form.cities[0] ?? '') : policyOf }))

export const roundIdSchema = z.strictObject({ roundId: idText })

const numberText = z.string('CHOICE_INVALID').regex(/^[1-9]\d*$/, 'CHOICE_INVALID').max(LONGEST_NUMBER, 'CHOICE_INVALID').transform(Number)

/** What is approved: everything that is still open, what was ticked, or one suggestion by its number. */
export const approveRoundSchema = z.strictObject({
  roundId: idText,
  which: z.union([z.literal(['all', 'chosen']), numberText], 'CHOICE_INVALID'),
  numbers: z.array(numberText, 'CHOICE_INVALID').max(MOST_CHOSEN, 'CHOICE_INVALID').default([]),
})

/** One room of a suggestion, as it is stored. */
export type StoredLeg = RoundLeg
