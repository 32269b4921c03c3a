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
      where a.id = ${arrivalId}::uuid and a.state in ('OPEN', 'OFFERED'))
    select coalesce(sum(a.adults + cardinality(a.children_ages)), 0)::int as people
    from mine, arrival a join city c on c.id = a.city_ids[1] ${cityPolicy}
    where a.state in ('OPEN', 'OFFERED') and a.city_ids && mine.city_ids
      and (${points(now)} > mine.points
        or (${points(now)} = mine.points and (a.waiting_since, a.id) < (mine.waiting_since, mine.id)))`
  return rows[0]?.people ?? 0
}
