import { CITIES } from '../places/places'
import { Prisma } from './generated/client'

/**
 * That an arrival `a` asks for one of these cities. Who sees every city is asked for the first wish alone: comparing two
 * lists for each of thousands of rows takes longer than the rest of a question. A town that has left the list of places
 * is seen by nobody either way.
 */
export function asksFor(cityIds: readonly string[]): Prisma.Sql {
  const seen = new Set(cityIds)
  return CITIES.every(({ id }) => seen.has(id)) ? Prisma.sql`a.city_ids[1] = any (${[...cityIds]}::text[])` : Prisma.sql`a.city_ids && ${[...cityIds]}::text[]`
}
