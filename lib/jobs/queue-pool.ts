import 'server-only'
import { Pool, type PoolClient } from 'pg'
import { env } from '@/lib/config/env'
import { ANSWER_WITHIN_MS, dropWhenSilent } from '@/lib/db/deadline'
import { isUnavailable } from '@/lib/db/sqlstate'
import { log } from '@/lib/log'

/** For few codes the queue waits and tries again; for any other, where a job's end cannot be written, the process dies. */
const WAITED_FOR = 'ETIMEDOUT'

type Connected = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void

/** A database that is away, in a word the queue knows. */
function inItsWords(error: unknown): unknown {
  if (!(error instanceof Error) || !isUnavailable(error)) return error
  return Object.assign(new Error(error.message, { cause: error }), { code: WAITED_FOR })
}

function translate(client: PoolClient): void {
  const ask = client.query.bind(client) as (...call: unknown[]) => unknown
  const askAndTranslate = (...call: unknown[]): unknown => {
    const asked = ask(...call)
    return asked instanceof Promise ? asked.catch((error: unknown) => { throw inItsWords(error) }) : asked
  }
  Object.assign(client, { query: askAndTranslate })
}

class QueuePool extends Pool {
  override connect(): Promise<PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<PoolClient> | undefined {
    if (callback === undefined) return super.connect().catch((error: unknown) => { throw inItsWords(error) })
    super.connect(callback)
    return undefined
  }
}

/**
 * The queue's own connections. One that has gone silent is dropped: a worker that waited for it would stand still, and
 * all mail with it, until somebody starts it anew. One that is lost is waited for, wherever in a job's life that is.
 */
export function openQueuePool(): Pool {
  const pool = new QueuePool({
    connectionString: env.DATABASE_URL, max: 6, keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: ANSWER_WITHIN_MS,
  })
  const lost = (error: Error & { code?: string }) => log.warn({ sqlstate: error.code }, 'database connection of the queue lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('connect', dropWhenSilent)
  pool.on('connect', translate)
  return pool
}
