import type { Day } from '@/lib/time/day'

/** A `date` column as Prisma hands it over (midnight UTC) as a day. */
export function dayOf(column: Date): Day {
  return column.toISOString().slice(0, 10)
}

/** A day as Prisma wants it for a `date` column. */
export function dateColumn(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}
