import 'server-only'
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { db } from './client'
import type { Prisma } from './generated/client'
import { isLockTimeout, isRetryable } from './sqlstate'

const MAX_TRIES = 5
const FIRST_PAUSE_MS = 20

/** A transaction's handle: what commands write through. */
export type Tx = Prisma.TransactionClient

function isWorthATry(error: unknown, attempt: number): boolean {
  return (attempt < MAX_TRIES && isRetryable(error)) || (attempt === 1 && isLockTimeout(error))
}

/**
 * Runs `work` again after a serialization failure, a deadlock or a lost connection, at most five times with full
 * jitter, and once after a lock that was not given in time: whoever waits has waited two seconds already. Safe only for work that carries an idempotency key or has no effect outside its transaction.
 */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isWorthATry(error, attempt)) throw error
      await pause(randomInt(FIRST_PAUSE_MS * 2 ** attempt))
    }
  }
}

/** One transaction, retried as a whole: everything `work` writes is there afterwards, or nothing. */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return withRetry(() => db.$transaction(work, { timeout: 5_000, maxWait: 5_000 }))
}

/** Several reads of one moment: what `work` reads first cannot have changed when it reads the next. Writes nothing. */
export async function readTogether<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return withRetry(() => db.$transaction(work, { timeout: 5_000, maxWait: 5_000, isolationLevel: 'RepeatableRead' }))
}

const SNAPSHOT_MS = 60_000

/**
 * As `readTogether`, for a whole town: many reads of one moment, each a statement of its own within its limit. Refuses to
 * write.
 */
export async function readSnapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const read = async (tx: Tx) => {
    await tx.$executeRaw`set transaction read only`
    return work(tx)
  }
  return withRetry(() => db.$transaction(read, { timeout: SNAPSHOT_MS, maxWait: 5_000, isolationLevel: 'RepeatableRead' }))
}
