import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'

/** One server for the whole run; every test file gets a database of its own from a template migrated once. */
const TEMPLATE = 'qonaq_template'
const PASSWORD = 'only-for-these-tests'
// a test's database may lose its last seconds in a power cut
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

declare module 'vitest' {
  interface ProvidedContext {
    databasePort: number
  }
}

/** The owner's connection to a database of the test server. */
export function connectionTo(port: number, database: string): string {
  return `postgresql://qonaq:${PASSWORD}@127.0.0.1:${port}/${database}`
}

async function onServer(port: number, statement: string): Promise<void> {
  const client = new Client({ connectionString: connectionTo(port, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * Makes an empty or a migrated database.
 *
 * @param name letters, digits and underscores.
 * @returns the owner's connection to it.
 */
export async function createDatabase(options: { port: number; name: string; from: 'template' | 'nothing' }): Promise<string> {
  const source = options.from === 'template' ? TEMPLATE : 'template0'
  await onServer(options.port, `create database ${options.name} template ${source}`)
  return connectionTo(options.port, options.name)
}

/** Vitest calls it once before the integration tests, and what it returns afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // loaded here: the tests themselves need the names above and no server of their own
  const { startEmbedded } = await import('@/lib/db/embedded')
  const { migrateDatabase } = await import('@/lib/db/migrate')
  const { syncPlaces } = await import('@/lib/db/places-sync')
  const folder = await mkdtemp(join(tmpdir(), 'qonaq-test-'))
  await chmod(folder, 0o755)
  const server = await startEmbedded({ dataDir: join(folder, 'postgres'), password: PASSWORD, settings: QUICK })
  await onServer(server.port, `create database ${TEMPLATE}`)
  const connectionString = connectionTo(server.port, TEMPLATE)
  await migrateDatabase({ connectionString })
  await syncPlaces({ connectionString })
  project.provide('databasePort', server.port)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
