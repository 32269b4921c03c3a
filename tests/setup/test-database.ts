import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { QueryResultRow } from 'pg'
import { afterAll, inject } from 'vitest'
import { createDatabase } from './database'

export interface TestDatabase {
  connectionString: string
  /** Runs one statement and answers its rows. */
  rows: (statement: string, values?: unknown[]) => Promise<QueryResultRow[]>
  /** Runs one statement and answers its first row. */
  row: (statement: string, values?: unknown[]) => Promise<QueryResultRow>
}

/** A connection that closes itself after the file's tests. `role`: step down to the application's rights. */
export async function connect(connectionString: string, role?: 'qonaq_app'): Promise<TestDatabase> {
  const client = new Client({ connectionString, ...(role && { options: `-c role=${role}` }) })
  await client.connect()
  afterAll(() => client.end())
  let last: Promise<unknown> = Promise.resolve()
  // one after the other: the driver warns of a connection that is asked twice at once
  const rows = (statement: string, values: unknown[] = []) => {
    const answer = last.then(async () => (await client.query<QueryResultRow>(statement, values)).rows)
    last = answer.catch(() => undefined)
    return answer
  }
  return {
    connectionString,
    rows,
    row: async (statement, values) => {
      const [first] = await rows(statement, values)
      if (first === undefined) throw new Error(`no row: ${statement}`)
      return first
    },
  }
}

/** The owner's connection to this file's own database, the one `DATABASE_URL` names. */
export async function testDatabase(): Promise<TestDatabase> {
  return connect(process.env['DATABASE_URL'] ?? '')
}

/** Another database on the test server: migrated, or with nothing in it. */
export async function scratchDatabase(from: 'template' | 'nothing'): Promise<TestDatabase> {
  const name = `scratch_${randomBytes(6).toString('hex')}`
  return connect(await createDatabase({ port: inject('databasePort'), name, from }))
}
