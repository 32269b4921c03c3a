import 'server-only'
import { Client } from 'pg'
import { readInvariants, tellSealKeys, type Invariant, type Violation } from './invariants'

/** Two readers of one moment, so that a check of a big database takes half the time. */
const READERS = 2
const SHOWN = 5

// Of its own: the application's five seconds would cut a check of a big database short. Nothing can be written, and a
// table that is locked fails the check instead of holding anybody up.
const SESSION_OPTIONS = [
  'role=qonaq_app',
  'default_transaction_read_only=on',
  'statement_timeout=45000',
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=60000',
  'work_mem=64MB',
  'timezone=UTC',
].map((setting) => `-c ${setting}`).join(' ')

/** What one invariant found: how many rows contradict it, and the first of them. */
export interface Finding {
  id: string
  statement: string
  violations: number
  first: Violation[]
}

/** What all invariants found of one moment. */
export interface Survey {
  /** The database's own clock. */
  when: Date
  seconds: number
  /** Placements that hold a room. */
  placementsAlive: number
  findings: Finding[]
}

interface Asked {
  /** The owner's connection, which steps down to the application's role. */
  connectionString: string
  /** Fingerprints of the key ring; without them only the format of sealed values is checked. */
  sealKeys: readonly string[]
}

interface Moment {
  when: Date
  snapshot: string
  placementsAlive: number
}

async function openReader({ connectionString, sealKeys }: Asked): Promise<Client> {
  const client = new Client({ connectionString, options: SESSION_OPTIONS })
  // the next query says so
  client.on('error', () => undefined)
  try {
    await client.connect()
    await tellSealKeys(client, sealKeys)
    await client.query('begin transaction isolation level repeatable read, read only')
    return client
  } catch (error) {
    await client.end()
    throw error
  }
}

async function holdMoment(client: Client): Promise<Moment> {
  const { rows: [moment] } = await client.query<Moment>(`
    select now() as when, pg_export_snapshot() as snapshot,
      (select count(*)::int from placement where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')) as "placementsAlive"`)
  if (!moment) throw new Error('the database told no moment')
  return moment
}

async function ask(client: Client, { id, statement, query }: Invariant): Promise<Finding> {
  const { rows } = await client.query<{ what: string; violations: number; ids: string[] }>(
    `select what, count(*)::int as violations, (array_agg(id order by id))[1:${SHOWN}] as ids
     from (${query}) found group by what order by what`)
  return {
    id, statement,
    violations: rows.reduce((sum, { violations }) => sum + violations, 0),
    first: rows.flatMap(({ what, ids }) => ids.map((found) => ({ what, id: found }))).slice(0, SHOWN),
  }
}

/** Every reader takes the next question until none is left. */
async function askAll(readers: readonly Client[]): Promise<Finding[]> {
  const left = (await readInvariants()).entries()
  const findings: Finding[] = []
  await Promise.all(readers.map(async (reader) => {
    for (const [place, invariant] of left) findings[place] = await ask(reader, invariant)
  }))
  return findings
}

/**
 * Runs every invariant against one moment of the database: read only, as the application's role, on connections of its
 * own that are closed afterwards.
 *
 * @throws Error when the database cannot be asked; then nothing is known, and nothing may be concluded.
 */
export async function surveyInvariants(asked: Asked): Promise<Survey> {
  const started = performance.now()
  const readers: Client[] = []
  try {
    const first = await openReader(asked)
    readers.push(first)
    const { when, snapshot, placementsAlive } = await holdMoment(first)
    while (readers.length < READERS) {
      const next = await openReader(asked)
      readers.push(next)
      await next.query(`set transaction snapshot ${next.escapeLiteral(snapshot)}`)
    }
    const findings = await askAll(readers)
    return { when, seconds: Math.round(performance.now() - started) / 1000, placementsAlive, findings }
  } finally {
    await Promise.all(readers.map((reader) => reader.end()))
  }
}

/**
 * Keeps a survey and sets the gate before approvals by it.
 *
 * @returns whether approvals are open now, and whether this survey moved the gate.
 */
export async function recordSurvey(connectionString: string, survey: Survey): Promise<{ open: boolean; moved: boolean }> {
  const violations = Object.fromEntries(survey.findings.map(({ id, violations: count, first }) => [id, { count, first }]))
  const client = new Client({ connectionString, options: '-c role=qonaq_app -c statement_timeout=15000 -c lock_timeout=5000' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: [row] } = await client.query<{ gate: { open: boolean; moved: boolean } }>(
      'select record_check($1, $2, $3, $4) as gate', [survey.when, survey.seconds, JSON.stringify(violations), survey.placementsAlive])
    if (!row) throw new Error('the check was not recorded')
    return row.gate
  } finally {
    await client.end()
  }
}
