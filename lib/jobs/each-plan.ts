import 'server-only'
import { log } from '@/lib/log'

interface Work {
  /** What was done to a plan, as the log says it. */
  done: string
  work: (planId: string) => Promise<unknown>
}

async function doOrTell(planId: string, { done, work }: Work): Promise<boolean> {
  try {
    await work(planId)
    return true
  } catch (error) {
    log.error({ err: error, plan: planId }, `plan was not ${done}`)
    return false
  }
}

/**
 * Does one thing to each plan that is due, one transaction per plan, so that a plan somebody is just answering, or one that
 * fails, holds up no other.
 *
 * @throws Error when some failed: the queue then shows a failed job.
 */
export async function eachPlan(due: readonly { id: string }[], how: Work): Promise<void> {
  let failed = 0
  for (const { id } of due) failed += (await doOrTell(id, how)) ? 0 : 1
  if (due.length > 0) log.info({ plans: due.length - failed }, `plans ${how.done}`)
  if (failed > 0) throw new Error(`${String(failed)} of ${String(due.length)} plans were not ${how.done}`)
}
