import { z } from 'zod'
import { MISMATCHES } from './eligibility'
import type { Explanation } from './explain'
import { WISHES, type Policy } from './policy'

const LONGEST_VALUE = 100
const valuesSchema = z.record(z.string().max(LONGEST_VALUE), z.union([z.string().max(LONGEST_VALUE), z.number()]))
const pointsSchema = z.int().min(0)

/**
 * Why a placement was made, frozen beside it: what the coordinator saw when they approved, under which policy.
 * Only what was asked; no names, no contacts.
 */
export const frozenReasonsSchema = z.strictObject({
  policy: z.strictObject({ name: z.string().min(1).max(LONGEST_VALUE), version: z.int().min(1) }),
  score: pointsSchema,
  maximum: pointsSchema,
  mustHaves: z
    .array(z.strictObject({ rule: z.enum(MISMATCHES), met: z.boolean(), values: valuesSchema }))
    .max(MISMATCHES.length),
  wishes: z
    .array(z.strictObject({ wish: z.enum(WISHES), points: pointsSchema, maximum: pointsSchema, values: valuesSchema }))
    .max(WISHES.length),
})
export type FrozenReasons = z.infer<typeof frozenReasonsSchema>

/** The small lasting form of an explanation: must-haves that were asked and wishes with points, in their fixed order. */
export function freezeReasons({ explanation, policy }: { explanation: Explanation; policy: Policy }): FrozenReasons {
  const { score, maximum, mustHaves, wishes } = explanation
  return {
    policy: { name: policy.name, version: policy.version },
    score,
    maximum,
    mustHaves: mustHaves
      .filter(({ state }) => state !== 'NOT_ASKED')
      .map(({ rule, state, values }) => ({ rule, met: state === 'MET', values: { ...values } })),
    wishes: wishes.map(({ wish, points, maximum: most, values }) => ({ wish, points, maximum: most, values: { ...values } })),
  }
}
