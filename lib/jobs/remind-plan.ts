import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'

const payloadSchema = z.object({ planId: z.uuid() })

/** Half of a plan's time is over: reminds each side that has not answered. */
export async function remindPlanJob(payload: unknown): Promise<void> {
  const { planId } = payloadSchema.parse(payload)
  await withRetry(() => db.$queryRaw`select remind_plan(${planId}::uuid)`)
}
