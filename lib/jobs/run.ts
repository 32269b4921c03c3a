import 'server-only'
import { Logger, parseCronItems, run } from 'graphile-worker'
import type { Runner, RunnerOptions } from 'graphile-worker'
import { env, isDemo } from '@/lib/config/env'
import { log } from '@/lib/log'
import { keepQueueFilled } from './fill-queue'
import { keepPlacesLive } from './keep-places-live'
import { openQueuePool } from './queue-pool'
import { SCHEDULE, TASKS } from './registry'

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const

/** The queue's own words go into our log, below what a person needs to see every day. */
const logger = new Logger(() => (level, message) => {
  log[LEVELS[level]]({ from: 'queue' }, message)
})

/**
 * How the queue runs here. It connects as the database's owner, for the queue's own tables; what our jobs write goes
 * through the application's role like everything else.
 */
export const QUEUE_OPTIONS: RunnerOptions = {
  pgPool: openQueuePool(),
  taskList: TASKS,
  concurrency: 4,
  pollInterval: 1_000,
  noHandleSignals: true,
  logger,
}

/** Starts working through messages, queue and schedule until `stop` of the answer is called. */
export async function startWorker(): Promise<Pick<Runner, 'promise' | 'stop'>> {
  if (env.SMTP_URL === undefined && !isDemo) log.warn('SMTP_URL is not set: messages are kept and not sent')
  const runner = await run({ ...QUEUE_OPTIONS, parsedCronItems: parseCronItems(SCHEDULE) })
  const filling = new AbortController()
  const filled = Promise.all([keepQueueFilled(filling.signal), keepPlacesLive(filling.signal)])
  const stop = async () => {
    filling.abort()
    await filled
    await runner.stop()
  }
  return { promise: runner.promise, stop }
}
