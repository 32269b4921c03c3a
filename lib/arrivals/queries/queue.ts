import 'server-only'
import { db } from '@/lib/db/client'
import { cityPolicy, points } from './order'

/**
 * How many people stand before an arrival in the queues of its cities, in the coordinator's own order.
 *
 * @returns persons, not parties; 0 when it is next, or does not wait.
 */
export async function countAhead(arrivalId: string, now: Date): Promise<number> {
  const rows = await db.$queryRaw<{ people: number }[]>`
    with mine as (
      select a.id, a.city_ids, a.waiting_since, ${points(now)} as points
      from arrival a join city c on c.id = a.city_ids[1] ${cityPolicy}
      where a.id = ${arrivalId}::uuid and a.state in ('OPEN', 'OFFERED')),
    -- points once for each, however often they are compared
    others as materialized (
      select a.id, a.waiting_since, a.adults + cardinality(a.children_ages) as people, ${points(now)} as points
      from mine, arrival a join city c on c.id = a.city_ids[1] ${cityPolicy}
      where a.state in ('OPEN', 'OFFERED') and a.city_ids && mine.city_ids)
    select coalesce(sum(others.people), 0)::int as people from mine, others
    where (others.points, mine.waiting_since, mine.id) > (mine.points, others.waiting_since, others.id)`
  return rows[0]?.people ?? 0
}
