import { AGE_GROUPS, type Who } from '../schema'

type AgeField = (typeof AGE_GROUPS)[number]['field']

/** How many children of each age group, for the steppers and for showing a party. */
export function childrenByGroup(ages: readonly number[]): Record<AgeField, number> {
  const count = (from: number, to: number) => ages.filter((age) => age >= from && age <= to).length
  return Object.fromEntries(AGE_GROUPS.map(({ field, from, to }) => [field, count(from, to)])) as Record<AgeField, number>
}

/** Persons of a party, infants included. */
export function personsOf({ adults, childrenAges }: Pick<Who, 'adults' | 'childrenAges'>): number {
  return adults + childrenAges.length
}
