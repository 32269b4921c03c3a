import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import { DEFAULT_POLICY, type Policy, type PriorityPart } from '@/lib/matching/policy'

/** What the first city decides by, beside an arrival; `c` is that city, `own` its policy, all null where it has adopted none. */
export const cityPolicy = Prisma.sql`left join policy_in_force own on own.city_id = c.id`

function weight(part: PriorityPart, policy: Policy | null): Prisma.Sql {
  if (policy) return Prisma.sql`${policy.priority[part]}::int`
  return Prisma.sql`coalesce((own.priority ->> ${part})::int, ${DEFAULT_POLICY.priority[part]}::int)`
}

function scale(name: 'waitingNights' | 'persons', policy: Policy | null): Prisma.Sql {
  if (policy) return Prisma.sql`${policy.scales[name]}::numeric`
  return Prisma.sql`coalesce((own.scales ->> ${name})::numeric, ${DEFAULT_POLICY.scales[name]}::numeric)`
}

/** Today in the first city wanted; `a` is the arrival, `c` its first city. */
export function today(now: Date): Prisma.Sql {
  return Prisma.sql`(${now}::timestamptz at time zone c.time_zone)::date`
}

/**
 * The points of `priorityOf` in SQL, so that the database can sort and cut the queue; `a` is the arrival, `c` its first
 * city, `own` that city's policy. Equal to `rules/urgency.ts`, which a test holds it to.
 *
 * @param policy decides instead of the city's own.
 */
export function points(now: Date, policy: Policy | null = null): Prisma.Sql {
  const waited = Prisma.sql`greatest(0, ${today(now)} - (a.waiting_since at time zone c.time_zone)::date)`
  const persons = Prisma.sql`(a.adults + cardinality(a.children_ages))`
  return Prisma.sql`(
    case when a.from_date <= ${today(now)} then ${weight('NOWHERE_TONIGHT', policy)} else 0 end
    + case when cardinality(a.children_ages) > 0 or a.unwell then ${weight('CHILDREN_OR_ILLNESS', policy)} else 0 end
    + case when a.unsafe_to_return then ${weight('DANGER_ON_RETURN', policy)} else 0 end
    + case when a.broken_placement then ${weight('BROKEN_PLACEMENT', policy)} else 0 end
    + round(${weight('WAITING_NIGHTS', policy)}::numeric * least(1, ${waited}::numeric / ${scale('waitingNights', policy)}))
    + round(${weight('PERSONS', policy)}::numeric * least(1, ${persons}::numeric / ${scale('persons', policy)}))
  )`
}
