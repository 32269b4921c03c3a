import { z } from 'zod'

const count = z.number().int().nonnegative()
const seconds = z.number().nonnegative()

/** A level of the soak: what was asked, what was answered for good, and what was killed meanwhile. */
const levelSchema = z.object({
  operations: count, acknowledged: count, perSecond: z.number().nonnegative(), seconds, backendKills: count, webKills: count,
}).partial()

/**
 * The dated summary of a full run of the fault harness, as `docs/faults` ships it. A run may have left a part out; what is
 * not there was not run.
 */
export const soakSchema = z.object({
  date: z.iso.date(),
  commit: z.string().regex(/^[0-9a-f]{7,40}$/).optional(),
  /** The dice of the run; those of each part follow from it and stand beside it in the file. */
  seeds: z.object({ run: z.number() }).optional(),
  commands: levelSchema.optional(),
  http: levelSchema.optional(),
  postgresKills: count.optional(),
  webKills: count.optional(),
  violations: count.optional(),
  lost: count.optional(),
  duplicated: count.optional(),
  naive: z.object({ operations: count, violations: count }).partial().optional(),
  model: z.object({ sequences: count }).partial().optional(),
  races: z.object({ pairs: count }).partial().optional(),
})
export type Soak = z.infer<typeof soakSchema>

/** What a check keeps of each invariant. */
export const keptViolationsSchema = z.record(z.string().regex(/^I\d{1,2}$/), z.object({ count: z.int().nonnegative() }))
