import 'server-only'
import type { Pool, PoolClient } from 'pg'
import { log } from '@/lib/log'
import { hearTime, isTimeOld } from '@/lib/time/clock'

/** An answer that took longer says too little about the moment it was given. */
const SURE_WITHIN_MS = 2_000

let asking = false

/** Sets the shell's clock by the database's. Where it fails, so will the question behind it, and that one tells. */
async function ask(whom: Pick<Pool, 'query'>): Promise<void> {
  asking = true
  try {
    const sent = performance.now()
    const { rows: [row] } = await whom.query<{ said: Date }>('select clock_timestamp() as said')
    const came = performance.now()
    if (row && came - sent < SURE_WITHIN_MS) hearTime(row.said, (sent + came) / 2)
  } catch (error) {
    log.debug({ err: error }, 'the database did not tell the time')
  } finally {
    asking = false
  }
}

/** Asks a new connection for the time before it is used, where it is not known; for the pool's `verify`. */
export function askTimeFirst(client: PoolClient, done: () => void): void {
  if (isTimeOld()) void ask(client as Pick<Pool, 'query'>).then(done)
  else done()
}

/** Asks for the time again, on a connection of its own, when it was heard long ago; for `pool.on('acquire')`. */
export function askTimeAgain(pool: Pool): void {
  if (isTimeOld() && !asking) void ask(pool)
}
