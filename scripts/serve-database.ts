import { Client } from 'pg'
import { embeddedConnection } from '@/lib/db/embedded-files'
import { OUR_CODE, startChild } from './children'
import { Refused } from './talk'

/** The database of the product on the embedded server; `postgres` beside it is for making and dropping it. */
export const DATABASE = 'qonaq'
/** Written on the database when it is complete; without it a start was cut off half-way and begins anew. */
const COMPLETE = 'complete'

export interface ServedDatabase {
  port: number
  password: string
  connectionString: string
}

/** Starts the embedded server as a child of ours. */
export async function serveDatabase(options: { dataDir: string; password: string; settings?: string[] }): Promise<ServedDatabase> {
  const { dataDir, password, settings = [] } = options
  const env = { ...process.env, QONAQ_DATABASE_PASSWORD: password }
  const port = await new Promise<number>((done, fail) => {
    const child = startChild({ args: [...OUR_CODE, 'scripts/database.ts', dataDir, ...settings], env, onLine: (line) => {
      if (!line.startsWith('{')) return
      const answer = JSON.parse(line) as { port?: number; refused?: string }
      if (answer.port !== undefined) done(answer.port)
      else fail(new Refused(answer.refused ?? 'The embedded database did not start.'))
    } })
    void child.exited.then(() => fail(new Refused(`The embedded database did not start: ${child.tail()}`)))
  })
  return { port, password, connectionString: embeddedConnection({ port, password, database: DATABASE }) }
}

async function onServer<T>(served: ServedDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: embeddedConnection({ ...served, database: 'postgres' }) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** True when the database is there with everything the first start puts into it. */
export async function isComplete(served: ServedDatabase): Promise<boolean> {
  return onServer(served, async (client) => {
    const { rowCount } = await client.query(
      `select 1 from pg_database where datname = $1 and shobj_description(oid, 'pg_database') = $2`, [DATABASE, COMPLETE])
    return rowCount === 1
  })
}

/** An empty database, whatever was there. */
export async function createAnew(served: ServedDatabase): Promise<void> {
  await onServer(served, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`)
    await client.query(`create database ${DATABASE}`)
  })
}

/** Writes on the database that the first start came to its end. */
export async function markComplete(served: ServedDatabase): Promise<void> {
  await onServer(served, async (client) => {
    await client.query(`comment on database ${DATABASE} is '${COMPLETE}'`)
  })
}
