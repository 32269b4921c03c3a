import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { findFreePort } from '@/lib/db/free-port'
import { embeddedConnection } from '@/lib/db/embedded-files'
import { migrateDatabase } from '@/lib/db/migrate'
import { syncPlaces } from '@/lib/db/places-sync'
import { OUR_CODE, startChild } from '../../scripts/children'
import type { Child } from '../../scripts/children'

const PASSWORD = 'only-for-these-faults'
const TEMPLATE = 'prepared'
/** The server's own defaults write every commit to the disk before it is answered; said aloud, because all rests on it. */
export const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_connections=100']

/** An embedded server of a fault run. Killed, it is started again on the same port over the same data. */
export interface Postgres {
  dataDir: string
  port: number
  /** Of the postmaster, now. */
  pid: () => number
  /** Owner's connection to one of its databases. */
  connectionTo: (database: string) => string
  /** Resolves when it is gone, however it went. */
  gone: () => Promise<void>
  isGone: () => boolean
  /** Starts it anew after it was killed; milliseconds until it takes connections. */
  restart: () => Promise<number>
  stop: () => Promise<void>
}

async function launch(dataDir: string, port: number, settings: readonly string[]): Promise<{ child: Child; pid: number }> {
  const env = { ...process.env, QONAQ_DATABASE_PASSWORD: PASSWORD }
  return new Promise((done, fail) => {
    const child = startChild({ args: [...OUR_CODE, 'tests/faults/database.ts', dataDir, String(port), ...settings], env,
      onLine: (line) => { if (line.startsWith('{')) done({ child, pid: (JSON.parse(line) as { pid: number }).pid }) } })
    void child.exited.then(() => fail(new Error(`The embedded database did not start: ${child.tail()}`)))
  })
}

/** Starts a server over `folder`/postgres, made when missing. Its child process goes when we go. */
export async function startPostgres({ folder, settings = DURABLE }: { folder: string; settings?: readonly string[] }): Promise<Postgres> {
  const dataDir = join(folder, 'postgres')
  const port = await findFreePort()
  let held = await launch(dataDir, port, settings)
  return {
    dataDir,
    port,
    pid: () => held.pid,
    connectionTo: (database) => embeddedConnection({ port, password: PASSWORD, database }),
    gone: async () => { await held.child.exited },
    isGone: () => held.child.isGone(),
    stop: () => held.child.stop(),
    restart: async () => {
      await held.child.exited
      const begun = performance.now()
      held = await launch(dataDir, port, settings)
      return Math.round(performance.now() - begun)
    },
  }
}

/** Runs `work` with one owner's connection and closes it. */
export async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString })
  // a server that is killed under an idle connection says so here; the next query says it to whoever asks
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** An empty database of the product with schema and towns; migrated once per data folder and copied from then on. */
export async function freshDatabase(postgres: Postgres, name: string): Promise<string> {
  const owner = postgres.connectionTo('postgres')
  const known = await withClient(owner, (client) => client.query('select 1 from pg_database where datname = $1', [TEMPLATE]))
  if (known.rowCount === 0) {
    await withClient(owner, (client) => client.query('create database prepared'))
    await migrateDatabase({ connectionString: postgres.connectionTo(TEMPLATE) })
    await syncPlaces({ connectionString: postgres.connectionTo(TEMPLATE) })
  }
  await withClient(owner, (client) => client.query(`create database ${name} template ${TEMPLATE}`))
  return postgres.connectionTo(name)
}

/** Makes a data folder with a migrated database in it, for parts to begin with a copy: making one takes longer than some of them. */
export async function prepareData(folder: string): Promise<void> {
  const postgres = await startPostgres({ folder, settings: ['fsync=off'] })
  await freshDatabase(postgres, 'first')
  await withClient(postgres.connectionTo('postgres'), (client) => client.query('drop database first'))
  await postgres.stop()
}

/** Copies it with its owner, who is not ours when we are root. */
export async function copyData(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', join(from, 'postgres'), join(to, 'postgres')])
}
