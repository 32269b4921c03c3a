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

/**
 * Every minute: lapses each plan past its deadline whose own job was lost. One transaction per plan, so that a plan
 * somebody is just answering holds up no other.
 */
export async function lapseDueJob(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select id from plan where deadline <= now()
      and exists (select 1 from placement where plan_id = plan.id and state = 'PROPOSED')
    order by deadline limit ${DUE_LIMIT}`
  for (const { id } of due) await lapse(id)
  if (due.length > 0) log.info({ plans: due.length }, 'plans lapsed by the minute')
}
