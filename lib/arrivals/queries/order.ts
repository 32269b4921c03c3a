import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import { DEFAULT_POLICY } from '@/lib/matching/policy'

const { priority, scales } = DEFAULT_POLICY

/** Today in the first city wanted; `a` is the arrival, `c` its first city. */
export function today(now: Date): Prisma.Sql {
  return Prisma.sql`(${now}::timestamptz at time zone c.time_zone)::date`
}

/**
 * The points of `priorityOf` in SQL, so that the database can sort and cut the queue; `a` is the arrival, `c` its first
 * city. Equal to `rules/urgency.ts`, which a test holds it to.
 */
export function points(now: Date): Prisma.Sql {
  const waited = Prisma.sql`greatest(0, ${today(now)} - (a.waiting_since at time zone c.time_zone)::date)`
  const persons = Prisma.sql`(a.adults + cardinality(a.children_ages))`
  return Prisma.sql`(
    case when a.from_date <= ${today(now)} then ${priority.NOWHERE_TONIGHT}::int else 0 end
    + case when cardinality(a.children_ages) > 0 or a.unwell then ${priority.CHILDREN_OR_ILLNESS}::int else 0 end
    + case when a.unsafe_to_return then ${priority.DANGER_ON_RETURN}::int else 0 end
    + case when a.broken_placement then ${priority.BROKEN_PLACEMENT}::int else 0 end
    + round(${priority.WAITING_NIGHTS}::numeric * least(1, ${waited}::numeric / ${scales.waitingNights}::numeric))
    + round(${priority.PERSONS}::numeric * least(1, ${persons}::numeric / ${scales.persons}::numeric))
  )`
}
