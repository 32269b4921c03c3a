import 'server-only'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'

/** Silence releases: lapses what nobody has answered of a plan whose clock has run out by the database's time. */
export async function lapsePlan(planId: string): Promise<void> {
  await withRetry(() => db.$queryRaw`select lapse_plan(${planId}::uuid)`)
}

/** Half of a plan's time is over: reminds each side that has not answered, once. */
export async function remindPlan(planId: string): Promise<void> {
  await withRetry(() => db.$queryRaw`select remind_plan(${planId}::uuid)`)
}
