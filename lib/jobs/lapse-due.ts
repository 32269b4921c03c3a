import 'server-only'
import { db } from '@/lib/db/client'
import { lapsePlan } from '@/lib/placements/commands/clock'
import { eachDue, type Told } from './each-due'

/** Every minute: lapses each plan whose clock has run out by the database's time. No yes is taken after it meanwhile. */
export async function lapseDueJob(_payload?: unknown, told?: Told): Promise<void> {
  await eachDue({
    what: 'plan',
    done: 'lapsed',
    due: ({ limit, failed }) => db.$queryRaw<{ id: string }[]>`
      select plan.id from placement join plan on plan.id = placement.plan_id
      where placement.state = 'PROPOSED' and plan.deadline <= now() and plan.id <> all (${failed}::uuid[])
      group by plan.id order by plan.deadline limit ${limit}::int`,
    work: lapsePlan,
  }, told)
}
