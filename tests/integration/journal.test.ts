import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { readJournal, writeEntry, type JournalEntry } from '../faults/journal'
import { checkJournal } from '../faults/model/check-journal'
import { readWorld } from '../faults/model/read-world'
import { checkReplay } from '../faults/model/replay'
import { soakClient } from '../faults/soak/client'
import { makeCrowd, TINY } from '../faults/soak/crowd'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const OPERATIONS = Number(process.env['JOURNAL_OPERATIONS'] ?? 900)
const SEED = Number(process.env['JOURNAL_SEED'] ?? Date.now() % 1_000_000)
const MINUTES_5 = 300_000

let database: TestDatabase
let client: Client
let folder: string
let journal: JournalEntry[]
const checked = (entries: readonly JournalEntry[]) => checkJournal({ connectionString: database.connectionString, journal: entries })
const replayed = (entries: readonly JournalEntry[]) => checkReplay({ connectionString: database.connectionString, journal: entries })

/** Whatever is planted here is taken out again: the next test stands on the same truth. */
async function planted<T>(statements: readonly string[], look: () => Promise<T>): Promise<T> {
  const dump = await client.query('select * from idempotency_key')
  const tables = ['idempotency_key', 'audit_event', 'yes', 'plan', 'placement', 'hold', 'free_run', 'placement_event', 'approval', 'message', 'extension', 'refusal', 'room']
  for (const table of tables) await client.query(`create table kept_${table} as table ${table}`)
  // what is planted could not happen by itself
  await client.query('set session_replication_role = replica')
  try {
    expect(dump.rowCount).toBeGreaterThan(0)
    for (const statement of statements) expect((await client.query(statement)).rowCount, statement).toBeGreaterThan(0)
    return await look()
  } finally {
    for (const table of tables) {
      const { rows } = await client.query<{ columns: string }>(`select string_agg(quote_ident(column_name), ', ') as columns
        from information_schema.columns where table_name = $1 and is_generated = 'NEVER'`, [table])
      const columns = rows[0]?.columns ?? ''
      await client.query(`delete from ${table}; insert into ${table} (${columns}) select ${columns} from kept_${table}; drop table kept_${table}`)
    }
    await client.query('set session_replication_role = default')
  }
}

beforeAll(async () => {
  database = await testDatabase()
  client = new Client({ connectionString: database.connectionString })
  await client.connect()
  folder = await mkdtemp(join(tmpdir(), 'qonaq-journal-'))
  const crowd = await makeCrowd(database, TINY)
  const start: JournalEntry = {
    at: new Date().toISOString(), actor: 'harness', key: '', operation: 'world', answer: null, request: await readWorld(client, TINY.cityIds),
  }
  const file = join(folder, 'journal')
  const { tally } = await soakClient(
    { crowd, seed: SEED, workers: 8, journal: file, owner: database.connectionString, operations: OPERATIONS }, () => false, () => undefined)
  if (process.env['JOURNAL_SHOW']) process.stdout.write(`${JSON.stringify(tally, null, 1)}\n`)
  journal = [start, ...readJournal(await readFile(file, 'utf8'))]
}, MINUTES_5)

afterAll(async () => {
  await client.end()
  await rm(folder, { recursive: true, force: true })
})

describe('what eight people did at once', () => {
  it('is there as they were told, once', async () => {
    const { acknowledged, lost, duplicated } = await checked(journal)
    expect({ lost, duplicated }, `JOURNAL_SEED=${SEED}`).toEqual({ lost: [], duplicated: [] })
    expect(acknowledged).toBeGreaterThan(OPERATIONS / 5)
  })

  it('is what the model comes to when it replays the journal in the order of the commits', async () => {
    const { events, differences } = await replayed(journal)
    expect(differences.slice(0, 10), `JOURNAL_SEED=${SEED}`).toEqual([])
    expect(events).toBeGreaterThan(OPERATIONS / 5)
  })

  it('is told by a journal that a killed process has not finished', () => {
    const whole = journal.slice(0, 3).map(writeEntry).join('')
    expect(readJournal(`${whole}{"at":"2026-`)).toEqual(journal.slice(0, 3))
  })
})

describe('a planted loss', () => {
  test.each([
    ['an answer that was acknowledged', `delete from idempotency_key where (actor, key) in (select actor, key from idempotency_key where operation = 'placement.yes' limit 1)`, 'acknowledged, and not there'],
    ['another answer than the one that was told', `update idempotency_key set answer = answer || '{"confirmed": "perhaps"}' where operation = 'placement.yes'`, 'told'],
    ['an answer of another operation', `update idempotency_key set operation = 'placement.extend' where operation = 'placement.arrived'`, 'kept as placement.extend'],
    ['a yes', `delete from yes where (placement_id::text, side::text) in (select subject ->> 'placement', subject ->> 'side' from audit_event
      where action = 'placement.yes' and subject ->> 'side' = 'HOST' limit 1)`, 'yes of HOST'],
    ['an approval', `delete from approval where approver_id in (select by from (select substr(actor, 6)::uuid as by from audit_event where action = 'placement.second-yes' limit 1) one)`, 'approval by'],
    ['an event', `delete from audit_event where action = 'placement.arrived'`, '0 effects'],
    ['a placement of a plan', `delete from placement where id in (select id from placement limit 1)`, 'placements'],
    ['a plan', `delete from plan where id in (select id from plan limit 1)`, 'no plan'],
  ])('is seen: %s', async (_name, statement, found) => {
    const { lost } = await planted([statement], () => checked(journal))
    expect(lost.join('\n')).toContain(found)
  })
})

describe('a planted duplicate', () => {
  test.each([
    ['a plan without a key', 'insert into plan (arrival_id, kind, proposed_by, deadline) select arrival_id, kind, proposed_by, deadline from plan where arrival_id is not null limit 1', 'is the answer to no key'],
    ['one plan under two keys', `insert into idempotency_key select actor, 'a-key-of-its-own-1234', operation, request_hash, answer, at from idempotency_key where operation = 'plan.propose' limit 1`, 'is the answer to two keys'],
    ['a yes told twice in the audit', `insert into audit_event (seq, at, actor, action, subject) select seq + 1000000, at, actor, action, subject from audit_event where action = 'placement.yes' limit 1`, '2 effects'],
    ['a stay ended twice', `insert into audit_event (seq, at, actor, action, subject) select seq + 1000000, at, actor, action, subject from audit_event where action = 'placement.departed' limit 1`, '2 effects'],
  ])('is seen: %s', async (_name, statement, found) => {
    const { duplicated } = await planted([statement], () => checked(journal))
    expect(duplicated.join('\n')).toContain(found)
  })
})

describe('a database that stands otherwise than the journal says', () => {
  test.each([
    ['a state', `update placement set state = 'ARRIVED' where id in (select id from placement where state = 'DEPARTED' limit 1)`],
    ['a night', 'update placement set until_date = until_date + 1 where id in (select id from placement limit 1)'],
    ['a version', 'update placement set version = version + 1 where id in (select id from placement limit 1)'],
    ['a hold', 'delete from hold where placement_id in (select placement_id from hold limit 1)'],
    ['free nights', 'update free_run set until_date = until_date - 1 where (room_id, from_date) in (select room_id, from_date from free_run limit 1)'],
    ['beds', 'update room set sleeps = 9 where id in (select room_id from free_run limit 1)'],
    ['a commit that the audit does not tell', `delete from audit_event where action = 'placement.yes'`],
  ])('is seen by the replay: %s', async (_name, statement) => {
    const { differences } = await planted([statement], () => replayed(journal))
    expect(differences.length).toBeGreaterThan(0)
  })

  it('is seen too where the journal does not tell who asked', async () => {
    const { differences } = await replayed(journal.filter(({ operation }) => operation !== 'plan.propose'))
    expect(differences.join('\n')).toContain('nobody in the journal asked for it')
  })
})
