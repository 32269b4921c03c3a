import { z } from 'zod'
import { daySchema } from '../time/day'

// Pieces the endpoints' schemas are made of: JSON has numbers and booleans of its own, where a form has texts.

/** A whole number, `min`–`max`. Code: NUMBER_INVALID. */
export function whole(min: number, max: number) {
  return z.int('NUMBER_INVALID').min(min, 'NUMBER_INVALID').max(max, 'NUMBER_INVALID')
}

/** Yes or no; left out it is no. Code: CHOICE_INVALID. */
export const flag = z.boolean('CHOICE_INVALID').default(false)

/** Something that must be said, so that nobody says it by leaving it out. */
export function said(code: string) {
  return z.literal(true, code)
}

/** Any number of a closed list, in the list's order, each once. Code: CHOICE_INVALID. */
export function someOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.array(z.enum(values, 'CHOICE_INVALID'), 'CHOICE_INVALID').max(values.length, 'CHOICE_INVALID').default([])
    .transform((chosen) => (values as readonly Values[number][]).filter((value) => chosen.some((one) => one === value)))
}

/** A run of nights as it is asked for, half-open: `until` is the morning of leaving. Code: DAYS_REVERSED. */
export const askedNights = { from: daySchema, until: daySchema }

/** Refuses a run that holds no night; for `superRefine` where `askedNights` is part of the body. */
export function refuseEmptyNights({ from, until }: { from: string; until: string }, context: z.RefinementCtx): void {
  if (until <= from) context.addIssue({ code: 'custom', path: ['until'], message: 'DAYS_REVERSED' })
}

/** What a number in an address counts as: digits only, `min`–`max`. Code: NUMBER_INVALID. */
export function countText(min: number, max: number, usual: number) {
  return z.string('NUMBER_INVALID').regex(/^\d{1,4}$/, 'NUMBER_INVALID').default(String(usual))
    .transform(Number).pipe(whole(min, max))
}

// What is answered. An answer holds what its schema names and nothing else: the rest is cut off.

/** A row's id in an answer. */
export const id = z.uuid()
/** A calendar day in an answer. */
export const day = z.iso.date()
/** An instant in an answer, in UTC. */
export const instant = z.date().transform((moment) => moment.toISOString()).pipe(z.iso.datetime())
/** A run of nights in an answer, half-open. */
export const nights = z.object({ from: day, until: day })
/** An answer that says only that it was done. */
export const done = z.object({})
