import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

const LOOK_EVERY_MS = 500

/** Events tied to the chain in one go. */
const TIED_AT_ONCE = 2_000

/** Ties new events to the audit's chain, oldest first (docs/adr/0023). */
export async function tieEvents(): Promise<void> {
  await db.$queryRaw`select chain_audit(${TIED_AT_ONCE}::int)`
}

/** Takes new messages into the queue (docs/adr/0021), looks after rounds whose worker is gone, and ties new events to the chain. */
export async function fillQueue(): Promise<void> {
  await db.$queryRaw`select queue_messages(), rescue_rounds()`
  await tieEvents()
}

/**
 * Looks for what is new twice a second until it is told to stop. A database that is away is waited for: what was not taken
 * now stands in its table and is taken then.
 */
export async function keepQueueFilled(stop: AbortSignal): Promise<void> {
  let away = false
  while (!stop.aborted) {
    try {
      await fillQueue()
      away = false
    } catch (error) {
      if (!away) log.warn({ err: error }, 'new messages and events could not be taken')
      away = true
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}
