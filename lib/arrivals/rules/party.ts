import { AGE_GROUPS, type Who } from '../schema'

type AgeField = (typeof AGE_GROUPS)[number]['field']

/** How many children of each age group, for the steppers and for showing a party. */
export function childrenByGroup(ages: readonly number[]): Record<AgeField, number> {
  const count = (from: number, to: number) => ages.filter((age) => age >= from && age <= to).length
  return Object.fromEntries(AGE_GROUPS.map(({ field, from, to }) => [field, count(from, to)])) as Record<AgeField, number>
}

/**
 * The ages as they were asked for, by group: "0–2, 3–6 × 2". What is stored is the middle of a group, and nobody is told
 * an age that nobody said.
 */
export function agesText(ages: readonly number[]): string {
  const counts = childrenByGroup(ages)
  return AGE_GROUPS.filter(({ field }) => counts[field] > 0)
    .map(({ field, from, to }) => `${String(from)}–${String(to)}${counts[field] > 1 ? ` × ${String(counts[field])}` : ''}`).join(', ')
}

/** Persons of a party, infants included. */
export function personsOf({ adults, childrenAges }: Pick<Who, 'adults' | 'childrenAges'>): number {
  return adults + childrenAges.length
}
