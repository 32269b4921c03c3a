import 'server-only'
import { Pool } from 'pg'

/**
 * Runs `work` with a small pool of the database's owner, for what the application's role may not do, and closes
 * every connection before it answers. Errors of idle connections are not ours to report: the next query says so.
 */
export async function withOwnPool<T>(connectionString: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString, max: 2 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
