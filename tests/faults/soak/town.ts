import type { JournalEntry } from '../journal'
import { readWorld } from '../model/read-world'
import { freshDatabase, withClient, type Postgres } from '../postgres'
import { makeCrowd, type Crowd, type CrowdSize } from './crowd'

export interface Town {
  connectionString: string
  crowd: Crowd
  /** First line of the journal: every row of the beginning. */
  start: JournalEntry
}

/** Puts a crowd that has done nothing yet into an empty database of the product. */
export async function furnish(connectionString: string, size: CrowdSize): Promise<Town> {
  return withClient(connectionString, async (client) => {
    const rows = async (statement: string, values?: unknown[]) => (await client.query(statement, values)).rows
    const row = async (statement: string, values?: unknown[]) => {
      const [first] = await rows(statement, values)
      if (first === undefined) throw new Error(`no row: ${statement}`)
      return first
    }
    const crowd = await makeCrowd({ row, rows }, size)
    const request = await readWorld(client, size.cityIds)
    const at = new Date().toISOString()
    return { connectionString, crowd, start: { at, actor: 'harness', key: '', operation: 'world', request, answer: { ok: true, value: null, replayed: false } } }
  })
}

/** A new database with a crowd in it, all of it on the disk: what is lost later was done later. */
export async function buildTown(postgres: Postgres, name: string, size: CrowdSize): Promise<Town> {
  const town = await furnish(await freshDatabase(postgres, name), size)
  await withClient(town.connectionString, (client) => client.query('checkpoint'))
  return town
}
