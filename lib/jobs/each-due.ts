import 'server-only'
import type { JobHelpers } from 'graphile-worker'
import { log } from '@/lib/log'

/** Rows read in one go. */
const AT_ONCE = 500
/** A run ends before the next minute's begins, which does what is left. */
const MOST_MS = 50_000

interface Asked {
  /** At most so many. */
  limit: number
  /** Without these, which could not be done in this run. */
  failed: readonly string[]
}

interface Work {
  /** What is due, and what is done to it, as the log says it. */
  what: 'plan' | 'vetting'
  done: string
  /** Those that are due, the longest due first. What was done to is due no more. */
  due: (asked: Asked) => Promise<readonly { id: string }[]>
  work: (id: string) => Promise<unknown>
}

/** What a job is told by the queue that runs it: when to end early. */
export type Told = Pick<JobHelpers, 'abortSignal'>

async function doOrTell(id: string, { what, done, work }: Work): Promise<boolean> {
  try {
    await work(id)
    return true
  } catch (error) {
    log.error({ err: error, [what]: id }, `${what} was not ${done}`)
    return false
  }
}

/**
 * Does one thing to each plan or vetting that is due, one transaction for each, so that one somebody is just answering, or
 * one that fails, holds up no other. Thousands are approved in one go and due in the same seconds, so it goes on while there
 * are any: until the next minute's run, until as many failed as are read in one go, or until the worker stops.
 *
 * @throws Error when some failed: the queue then shows a failed job.
 */
export async function eachDue(how: Work, told?: Told): Promise<void> {
  const until = performance.now() + MOST_MS
  const mayGoOn = () => told?.abortSignal.aborted !== true && performance.now() < until
  const failed: string[] = []
  let tried = 0
  while (mayGoOn() && failed.length < AT_ONCE) {
    const due = await how.due({ limit: AT_ONCE, failed })
    for (const { id } of due) {
      if (!mayGoOn()) break
      tried += 1
      if (!(await doOrTell(id, how))) failed.push(id)
    }
    if (due.length < AT_ONCE) break
  }
  if (tried > 0) log.info({ [`${how.what}s`]: tried - failed.length }, `${how.what}s ${how.done}`)
  if (failed.length > 0) throw new Error(`${String(failed.length)} of ${String(tried)} ${how.what}s were not ${how.done}`)
}
