import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Pool } from 'pg'

/** With `--json` standard output holds JSON and nothing else. */
export const json = process.argv.includes('--json')

/** One line for a person who watches. */
export function say(line: string): void {
  if (!json) process.stdout.write(`${line}\n`)
}

/** Seconds since a moment of `performance.now()`. */
export function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000
}

/** A complete environment for the product's modules, which are imported after it. */
function prepareEnvironment(connectionString: string, pool: number): void {
  const key = (letter: string) => Buffer.alloc(32, letter).toString('base64url')
  Object.assign(process.env, {
    DATABASE_URL: connectionString, NEXTAUTH_SECRET: 'a-secret-of-the-benchmark-long-enough', NEXTAUTH_URL: 'http://localhost:3000',
    QONAQ_SEAL_KEYS: `k1.aesgcm256.${key('s')}=`, QONAQ_INDEX_KEY: key('i'), QONAQ_TICKET_KEY: key('t'), LOG_LEVEL: 'silent',
    DATABASE_POOL: String(pool),
  })
}

/**
 * Runs a benchmark on an embedded server of its own, migrated and with the gazetteer's towns in it.
 *
 * @param settings of the server; none means durable writes, as in production.
 * @param pool connections of the product's own pool.
 * @param work gets one owner's connection at a time.
 */
export async function onBenchServer(
  { settings, pool }: { settings: string[]; pool: number }, work: (owner: Pool, connectionString: string) => Promise<void>,
): Promise<void> {
  const { startEmbedded } = await import('@/lib/db/embedded')
  const { migrateDatabase } = await import('@/lib/db/migrate')
  const { syncPlaces } = await import('@/lib/db/places-sync')
  const folder = await mkdtemp(join(tmpdir(), 'qonaq-bench-'))
  await chmod(folder, 0o755)
  const server = await startEmbedded({ dataDir: join(folder, 'postgres'), password: 'only-for-benchmarks', settings })
  const { connectionString } = server
  const owner = new Pool({ connectionString, max: 1 })
  // at the end the server may go before an idle connection knows
  owner.on('error', () => undefined)
  try {
    await migrateDatabase({ connectionString })
    await syncPlaces({ connectionString })
    prepareEnvironment(connectionString, pool)
    await work(owner, connectionString)
  } finally {
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
