import 'server-only'
import { db } from '@/lib/db/client'

/** Rooms and nights of a plan, as they were asked for under a number. */
interface AskedFor {
  number: number
  legs: readonly { arrivalId: string; roomId: string; from: string; until: string }[]
}

/**
 * By number the plan that is what was asked for: the same parties in the same rooms for the same nights, all of them and no
 * others, and something of it lives.
 *
 * @param since plans made before are other plans.
 */
export async function readSamePlans(asked: readonly AskedFor[], since: Date): Promise<Map<number, string>> {
  if (asked.length === 0) return new Map()
  const legs = asked.flatMap(({ number, legs: all }) => all.map(({ arrivalId, roomId, from, until }) => ({ number, arrivalId, roomId, from, until })))
  const rows = await db.$queryRaw<{ number: number; planId: string }[]>`
    with asked as (
      select *, count(*) over (partition by number) as legs
      from jsonb_to_recordset(${JSON.stringify(legs)}::jsonb) as leg (number int, "arrivalId" uuid, "roomId" uuid, "from" date, "until" date))
    select number, plan.id::text as "planId"
    from asked join placement on placement.arrival_id = asked."arrivalId" and placement.room_id = asked."roomId"
        and placement.from_date = asked."from" and placement.until_date = asked."until"
      join plan on plan.id = placement.plan_id and plan.created_at >= ${since}::timestamptz
    group by number, asked.legs, plan.id
    having count(*) = asked.legs and bool_or(is_live(placement.state))
      and asked.legs = (select count(*) from placement whole where whole.plan_id = plan.id)
    order by number, plan.created_at`
  return new Map(rows.map(({ number, planId }) => [number, planId]))
}
