import { z } from 'zod'
import { PRIORITY_PARTS, WISHES, type Policy, type Scales } from '../matching/policy'
import { PARTY_KINDS } from '../matching/rehearsal-figures'
import { idText, sharedText, wholeNumber } from '../text/schema'
import { daySchema } from '../time/day'

/** What a policy weighs with, without its name and version. */
export type Weights = Pick<Policy, 'wishes' | 'priority' | 'scales'>

/** Most points of one wish, of one urgency, and the greatest scales; the database holds to the same. */
export const MOST_OF_WISH = 100
export const MOST_OF_PRIORITY = 10_000
export const MOST_OF_SCALES: Readonly<Record<keyof Scales, number>> = {
  restedNights: 60, staleDays: 120, unknownAnswerRate: 1, usableGapNights: 30, waitingNights: 366, persons: 50,
}
/** Days a rehearsal plays again. */
export const REHEARSED_DAYS = [7, 30] as const
/** Most requests, and most rooms, of one rehearsal: the first of a very large city. */
export const MOST_REHEARSED = 5_000
export type RehearsedDays = (typeof REHEARSED_DAYS)[number]

export const REHEARSAL_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const
export type RehearsalState = (typeof REHEARSAL_STATES)[number]

const MAX_NAME = 40
const PERCENT = 100
const LARGEST_VERSION = 1_000_000

function numbers<const Names extends readonly string[]>(names: Names, most: number) {
  return Object.fromEntries(names.map((name) => [name, wholeNumber(0, most)])) as Record<Names[number], ReturnType<typeof wholeNumber>>
}

function picked<Name extends string>(from: Readonly<Record<Name, number>>, names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Record<Name, number>
}

const fields = z.strictObject({
  cityId: z.string('CITY_UNKNOWN').max(40, 'CITY_UNKNOWN'),
  basedOn: wholeNumber(1, LARGEST_VERSION),
  name: sharedText(MAX_NAME),
  ...numbers(WISHES, MOST_OF_WISH),
  ...numbers(PRIORITY_PARTS, MOST_OF_PRIORITY),
  restedNights: wholeNumber(1, MOST_OF_SCALES.restedNights),
  staleDays: wholeNumber(1, MOST_OF_SCALES.staleDays),
  unknownAnswerPercent: wholeNumber(1, PERCENT),
  usableGapNights: wholeNumber(1, MOST_OF_SCALES.usableGapNights),
  waitingNights: wholeNumber(1, MOST_OF_SCALES.waitingNights),
  persons: wholeNumber(1, MOST_OF_SCALES.persons),
})

/**
 * Weights as a lead types them: whole points, at least one wish and one urgency above nothing, scales of one or more.
 * Codes: NUMBER_INVALID with both limits, WISHES_ALL_ZERO, PRIORITY_ALL_ZERO, those of texts.
 */
export const draftSchema = fields
  .refine((typed) => WISHES.some((wish) => typed[wish] > 0), { path: [WISHES[0]], message: 'WISHES_ALL_ZERO' })
  .refine((typed) => PRIORITY_PARTS.some((part) => typed[part] > 0), { path: [PRIORITY_PARTS[0]], message: 'PRIORITY_ALL_ZERO' })
  .transform(({ cityId, basedOn, name, ...typed }) => ({
    cityId, basedOn, name,
    weights: {
      wishes: picked(typed, WISHES),
      priority: picked(typed, PRIORITY_PARTS),
      scales: {
        restedNights: typed.restedNights, staleDays: typed.staleDays, unknownAnswerRate: typed.unknownAnswerPercent / PERCENT,
        usableGapNights: typed.usableGapNights, waitingNights: typed.waitingNights, persons: typed.persons,
      },
    } satisfies Weights,
  }))

export const rehearseSchema = z.strictObject({
  draftId: idText,
  days: z.enum(['7', '30'], 'CHOICE_INVALID').transform((days): RehearsedDays => (days === '7' ? 7 : 30)),
})
export const draftIdSchema = z.strictObject({ draftId: idText })
export const returnSchema = z.strictObject({
  cityId: z.string('CITY_UNKNOWN').max(40, 'CITY_UNKNOWN'),
  version: wholeNumber(1, LARGEST_VERSION),
  basedOn: wholeNumber(1, LARGEST_VERSION),
})

const points = z.int().min(0)
/** Weights as the database keeps them; it has held them to the same limits. */
export const weightsSchema = z.object({
  wishes: z.record(z.enum(WISHES), points),
  priority: z.record(z.enum(PRIORITY_PARTS), points),
  scales: z.object({
    restedNights: points, staleDays: points, unknownAnswerRate: z.number(), usableGapNights: points, waitingNights: points, persons: points,
  }),
})

const figuresSchema = z.object({
  parties: z.int(), sheltered: z.int(), nights: z.int(), waitMedian: z.int(), waitLong: z.int(), moves: z.int(), split: z.int(),
})
const sideSchema = z.object({ all: figuresSchema, kinds: z.record(z.enum(PARTY_KINDS), figuresSchema.nullable()) })

/** What a rehearsal has found, as it is kept: figures, and what they are about. */
export const outcomeSchema = z.object({
  /** Days that were played, half-open. */
  from: daySchema,
  until: daySchema,
  rooms: z.int(),
  persons: z.int(),
  /** The version it was compared with. */
  version: z.int(),
  inForce: sideSchema,
  draft: sideSchema,
})
export type RehearsalOutcome = z.infer<typeof outcomeSchema>

/** A rehearsal as a page shows it. */
export interface ShownRehearsal {
  id: string
  days: RehearsedDays
  state: RehearsalState
  /** Days played of both sides, of how many. */
  done: number
  total: number
  /** It has said nothing for so long that its worker is gone. */
  silent: boolean
  outcome: RehearsalOutcome | null
}
