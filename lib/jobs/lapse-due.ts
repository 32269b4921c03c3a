import 'server-only'
import { db } from '@/lib/db/client'
import { lapsePlan } from '@/lib/placements/commands/clock'
import { eachPlan } from './each-plan'

const DUE_LIMIT = 500

/** Every minute: lapses each plan whose clock has run out by the database's time. No yes is taken after it meanwhile. */
export async function lapseDueJob(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select plan.id from placement join plan on plan.id = placement.plan_id
    where placement.state = 'PROPOSED' and plan.deadline <= now()
    group by plan.id order by plan.deadline limit ${DUE_LIMIT}`
  await eachPlan(due, { done: 'lapsed', work: lapsePlan })
}
