import { CITIES } from '../places/places'
import { Prisma } from './generated/client'

/**
 * That an arrival `a` asks for one of these cities. Who sees every city asks nothing: comparing two lists for each of
 * thousands of rows takes longer than the rest of a question.
 */
export function asksFor(cityIds: readonly string[]): Prisma.Sql {
  const seen = new Set(cityIds)
  return CITIES.every(({ id }) => seen.has(id)) ? Prisma.sql`true` : Prisma.sql`a.city_ids && ${[...cityIds]}::text[]`
}
