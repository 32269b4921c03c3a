import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { log } from '@/lib/log'

const payloadSchema = z.object({ planId: z.uuid() })
const DUE_LIMIT = 500

/** Lapses what nobody answered of one plan, if its clock has run out by the database's time. */
async function lapse(planId: string): Promise<void> {
  await withRetry(() => db.$queryRaw`select lapse_plan(${planId}::uuid)`)
}

/** The clock of one plan has run out. */
export async function lapsePlanJob(payload: unknown): Promise<void> {
  await lapse(payloadSchema.parse(payload).planId)
}

async function lapseOrTell(planId: string): Promise<boolean> {
  try {
    await lapse(planId)
    return true
  } catch (error) {
    log.error({ err: error, plan: planId }, 'plan did not lapse')
    return false
  }
}

/**
 * Every minute: lapses each plan past its deadline whose own job was lost. One transaction per plan, so that a plan
 * somebody is just answering, or one that cannot be lapsed, holds up no other.
 *
 * @throws Error when some did not lapse: the queue then shows a failed job.
 */
export async function lapseDueJob(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select id from plan where deadline <= now()
      and exists (select 1 from placement where plan_id = plan.id and state = 'PROPOSED')
    order by deadline limit ${DUE_LIMIT}`
  let failed = 0
  for (const { id } of due) failed += (await lapseOrTell(id)) ? 0 : 1
  if (due.length > 0) log.info({ plans: due.length - failed }, 'plans lapsed by the minute')
  if (failed > 0) throw new Error(`${String(failed)} of ${String(due.length)} plans did not lapse`)
}
