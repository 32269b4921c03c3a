import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

const LOOK_EVERY_MS = 500

/** Takes new messages into the queue. @returns how many. */
export async function fillQueue(): Promise<number> {
  const [row] = await db.$queryRaw<{ queued: number }[]>`select queue_messages() as queued`
  return row?.queued ?? 0
}

/**
 * Looks for new messages twice a second until it is told to stop. A database that is away is waited for: what was not taken
 * now stands in its table and is taken then.
 */
export async function keepQueueFilled(stop: AbortSignal): Promise<void> {
  let away = false
  while (!stop.aborted) {
    try {
      await fillQueue()
      away = false
    } catch (error) {
      if (!away) log.warn({ err: error }, 'new messages could not be queued')
      away = true
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}
