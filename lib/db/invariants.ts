import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientBase } from 'pg'

const FOLDER = fileURLToPath(new URL('../../prisma/invariants', import.meta.url))

/** A statement about the whole database, and the query that finds what contradicts it. */
export interface Invariant {
  id: string
  statement: string
  query: string
}

/** A row that contradicts an invariant: what is wrong, and the id of whom it concerns. */
export interface Violation {
  what: string
  id: string
}

/** The lines before the query, as one sentence. */
function statementOf(query: string): string {
  const lines = query.split('\n')
  const heading = lines.slice(0, lines.findIndex((line) => !line.startsWith('--')))
  return heading.map((line) => line.slice(3)).join(' ')
}

async function readInvariant(file: string): Promise<Invariant> {
  const query = await readFile(join(FOLDER, file), 'utf8')
  return { id: file.replace('.sql', ''), statement: statementOf(query), query }
}

/** The invariants as files, I1 first; each opens with its statement. */
export async function readInvariants(): Promise<Invariant[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql'))
  const inOrder = files.sort((one, other) => Number(one.slice(1, -4)) - Number(other.slice(1, -4)))
  return Promise.all(inOrder.map(readInvariant))
}

/** Tells the connection the key ring's fingerprints; without them only the format of sealed values is checked. */
export async function tellSealKeys(client: ClientBase, sealKeys: readonly string[]): Promise<void> {
  await client.query(`select set_config('qonaq.seal_keys', $1, false)`, [sealKeys.join(',')])
}

/**
 * Runs every invariant and answers what each found, none meaning it holds.
 *
 * @param client may read every table; in one repeatable-read transaction the answers speak of one moment.
 * @param sealKeys fingerprints of the key ring; without them only the format of sealed values is checked.
 */
export async function checkInvariants(
  client: ClientBase,
  sealKeys: readonly string[] = [],
): Promise<{ invariant: Invariant; violations: Violation[] }[]> {
  await tellSealKeys(client, sealKeys)
  const answers = []
  for (const invariant of await readInvariants()) {
    const { rows } = await client.query<Violation>(invariant.query)
    answers.push({ invariant, violations: rows })
  }
  return answers
}
