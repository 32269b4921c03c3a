import { PRIORITY_PARTS, WISHES, type Policy, type PriorityPart, type Scales, type Wish } from '../matching/policy'
import { MOST_OF_SCALES, type Weights } from './schema'

/** Where a weight of a draft differs from the policy in force. */
export interface WeightChange {
  weight: Wish | PriorityPart | keyof Scales
  from: number
  to: number
}

const SCALES = Object.keys(MOST_OF_SCALES) as (keyof Scales)[]

/** Every weight and scale that differs, wishes first, each list in its own order. */
export function changesOf(before: Weights, after: Weights): WeightChange[] {
  return [
    ...WISHES.map((weight) => ({ weight, from: before.wishes[weight], to: after.wishes[weight] })),
    ...PRIORITY_PARTS.map((weight) => ({ weight, from: before.priority[weight], to: after.priority[weight] })),
    ...SCALES.map((weight) => ({ weight, from: before.scales[weight], to: after.scales[weight] })),
  ].filter(({ from, to }) => from !== to)
}

/** The weights of a policy without its name. */
export function weightsOf({ wishes, priority, scales }: Weights): Weights {
  return { wishes, priority, scales }
}

/** A draft as the matcher takes it: under the version it would get. */
export function policyOfDraft({ name, basedOn, weights }: { name: string; basedOn: number; weights: Weights }): Policy {
  return { name, version: basedOn + 1, ...weights }
}
