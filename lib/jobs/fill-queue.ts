import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

const LOOK_EVERY_MS = 500

/** Events tied to the chain in one go. */
const TIED_AT_ONCE = 2_000

/** How long is waited until all that is late is tied: after that it is no longer late. */
const MOST_MS = 30_000
const LOOK_AGAIN_MS = 50

/**
 * Ties new events to the audit's chain, oldest first (docs/adr/0023).
 *
 * @returns how many: none also while another ties.
 */
export async function tieEvents(): Promise<number> {
  const [row] = await db.$queryRaw<{ tied: number }[]>`select chain_audit(${TIED_AT_ONCE}::int) as tied`
  return row?.tied ?? 0
}

// what is older than the chain's horizon is not tied any more, and not waited for
async function areSomeLate(): Promise<boolean> {
  const [row] = await db.$queryRaw<{ late: boolean }[]>`
    select exists (
      select 1 from audit_event, audit_head where xid >= horizon and at < now() - interval '1 minute'
        and not exists (select 1 from audit_link where seq = audit_event.seq)) as late`
  return row?.late === true
}

/**
 * Ties all events there are, and waits for whoever else ties: a worker that was away finds thousands, which are late and
 * not lost. What cannot be tied within half a minute stands outside the chain, and the caller's to tell.
 */
export async function tieAllEvents(): Promise<void> {
  const until = performance.now() + MOST_MS
  while (performance.now() < until) {
    const tied = await tieEvents()
    if (tied === TIED_AT_ONCE) continue
    if (tied > 0 || !(await areSomeLate())) return
    await pause(LOOK_AGAIN_MS)
  }
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
