import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type PoolClient } from 'pg'
import { env } from '@/lib/config/env'
import { log } from '@/lib/log'
import { askTimeAgain, askTimeFirst } from './ask-time'
import { ANSWER_WITHIN_MS, dropWhenSilent } from './deadline'
import { PrismaClient } from './generated/client'

// The role steps down to what the application may do; the timeouts keep a frozen process from holding others up.
const SESSION_OPTIONS = [
  'role=qonaq_app',
  'statement_timeout=5000',
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=5000',
  'timezone=UTC',
].map((setting) => `-c ${setting}`).join(' ')

// Named statements are planned once per connection: planning the search for rooms costs more than running it. The list
// of texts is bounded, because each connection keeps what it has planned.
const MOST_STATEMENTS = 500
const named = new Map<string, string>()

function nameStatement({ sql }: { sql: string }): string {
  const known = named.get(sql)
  if (known !== undefined) return known
  // no name: planned each time, as the driver does without us
  if (named.size >= MOST_STATEMENTS) return ''
  const name = `q${String(named.size)}`
  named.set(sql, name)
  return name
}

// In a transaction Prisma reads relations side by side on one connection. The driver has them wait for each other anyway,
// and says that its next version will not: so they wait here. Calls with a callback are the pool's own, one at a time.
function askOneByOne(client: PoolClient): void {
  const ask = client.query.bind(client) as (...call: unknown[]) => unknown
  let last: Promise<unknown> = Promise.resolve()
  const askInTurn = (...call: unknown[]): unknown => {
    if (typeof call.at(-1) === 'function') return ask(...call)
    const answer = last.then(() => ask(...call))
    last = answer.catch(() => undefined)
    return answer
  }
  Object.assign(client, { query: askInTurn })
}

function createClient(): PrismaClient {
  const pool = new Pool({
    connectionString: env.DATABASE_URL,
    options: SESSION_OPTIONS,
    max: Number(env.DATABASE_POOL),
    connectionTimeoutMillis: 5_000,
    query_timeout: ANSWER_WITHIN_MS,
    verify: askTimeFirst,
  })
  // a connection the server kills emits an error, the pool's word for it when it is idle and its own when it is in use; without
  // a listener the whole process dies
  const lost = (error: Error & { code?: string }) => log.warn({ sqlstate: error.code }, 'database connection lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('connect', dropWhenSilent)
  pool.on('connect', askOneByOne)
  pool.on('acquire', () => askTimeAgain(pool))
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: nameStatement }) })
}

const kept = globalThis as { qonaqDatabase?: PrismaClient }

/** The one connection pool of the process. Only lib/db, queries and commands know it. */
export const db: PrismaClient = (kept.qonaqDatabase ??= createClient())
