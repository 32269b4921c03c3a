import 'server-only'
import { db } from '@/lib/db/client'
import { remindPlan } from '@/lib/placements/commands/clock'
import { eachPlan } from './each-plan'

const DUE_LIMIT = 500

/** Every minute: half of a plan's time is over, and each side that has not answered is reminded, once. */
export async function remindDueJob(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`select id from plan where remind_at <= now() order by remind_at limit ${DUE_LIMIT}`
  await eachPlan(due, { done: 'reminded', work: remindPlan })
}
