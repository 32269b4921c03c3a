import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailServer, type MailServer } from '../setup/smtp'
import { connect, scratchDatabase, testDatabase, type TestDatabase } from '../setup/test-database'

/** What the database cannot be asked to forbid while it is planted. */
const ASLEEP = `set session_replication_role = replica`
const AWAKE = `set session_replication_role = origin`
const LEAD_MAIL = 'lead@example.org'

let database: TestDatabase
let server: MailServer
let stays: ReturnType<Awaited<ReturnType<typeof loadLib>>['smallStays']>
let lib: Awaited<ReturnType<typeof loadLib>>

// loaded once SMTP_URL is known: the environment is read at the first import
async function loadLib() {
  const [small, job, prune, seal, log, auth, history] = await Promise.all([
    import('../setup/small-stays'), import('@/lib/jobs/check-invariants'), import('@/lib/jobs/prune'),  import('@/lib/privacy/seal'), import('@/lib/log'), import('@/lib/auth/queries'), import('@/lib/placements/queries/history'),
  ])
  return { ...small, ...job, ...prune, ...seal, ...log, ...auth, ...history }
}

const gate = () => database.row('select stopped_since, reasons from approval_gate')
const newest = () => database.row('select * from invariant_check order by at desc limit 1')
/** Events of the gate, oldest first. */
const audited = async () =>
  (await database.rows(`select action from audit_event where action like 'approvals.%' order by seq`)).map(({ action }) => action)

async function planted(...statements: string[]): Promise<void> {
  for (const statement of [ASLEEP, ...statements, AWAKE]) await database.rows(statement)
}

/** Values as this key ring makes them, in place of the shape the other tests make do with. */
async function sealEverything(): Promise<void> {
  const sealed = lib.seal('улица Абая, 10', { field: 'any', rowId: 'any' })
  await planted(`update home set address_sealed = '${sealed}'`, `update arrival set contact_sealed = '${sealed}'`)
}

beforeAll(async () => {
  server = await startMailServer()
  process.env['SMTP_URL'] = server.url
  lib = await loadLib()
  database = await testDatabase()
  stays = lib.smallStays(database)
  const lead = await stays.person('LEAD', 'Marat')
  const mail = lib.seal(LEAD_MAIL, { field: 'user.email', rowId: lead })
  await database.rows(`update "user" set email_sealed = $1, locale = 'kk' where id = $2`, [mail, lead])
})
afterAll(() => server.stop())

it('records a check of every minute with every invariant, who is alive and the moment it speaks of', async () => {
  const { roomId } = await stays.home({ sleeps: [3] })
  await stays.confirmed([await stays.leg(roomId, 0, 5)])
  await sealEverything()
  await lib.checkInvariantsJob()
  const check = await newest()
  expect(check).toMatchObject({ held: true, placements_alive: 1, people_now: 0, people_ever: 0, waits: 1 })
  expect(check['at']).toBeInstanceOf(Date)
  expect(Object.keys(check['violations'] as object)).toHaveLength(12)
  expect(Object.values(check['violations'] as Record<string, { count: number }>).map(({ count }) => count)).toEqual(Array(12).fill(0))
  expect(await gate()).toEqual({ stopped_since: null, reasons: [] })
})

describe('when a statement about the truth is violated', () => {
  let roomId: string, asked: string[], arrived: string, waiting: string, children: string
  const lines: unknown[] = []
  const tryToPropose = async () => stays.ask([await stays.leg(roomId, 60, 62)], { arrivalId: waiting })

  beforeAll(async () => {
    roomId = (await stays.home({ sleeps: [3] })).roomId
    const place = async (from: number) => stays.proposed([await stays.leg(roomId, from, from + 2)])
    asked = [await place(10), await place(20), await place(30)].map(([id]) => id ?? '')
    ;[arrived = ''] = await stays.confirmed([await stays.leg(roomId, 0, 5)])
    ;[children = ''] = await place(40)
    waiting = await stays.arrival({ adults: 1 })
    await sealEverything()
    await planted(`create table planted as select * from hold where placement_id = '${asked[2] ?? ''}'`,
      `delete from hold where placement_id = '${asked[2] ?? ''}'`)
    // the free runs follow, so that one statement alone is violated
    await database.rows('select rebuild_free_runs($1)', [roomId])
    const said = lib.log.error.bind(lib.log)
    lib.log.error = (...line: unknown[]) => { lines.push(line) }
    await lib.checkInvariantsJob()
    await lib.checkInvariantsJob()
    lib.log.error = said
  })

  it('stops approvals, names the statement and its row, and says since when', async () => {
    const check = await newest()
    expect(check['held']).toBe(false)
    expect(check['violations']).toMatchObject({ I3: { count: 1, first: [{ what: 'live without a hold', id: asked[2] }] } })
    expect(await gate()).toEqual({ stopped_since: expect.any(Date) as Date, reasons: ['I3'] })
  })

  it('alarms once: one line in the log, one letter to each lead, one event in the audit', async () => {
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('approvals are stopped')
    expect(server.mails.map(({ envelope }) => envelope)).toEqual([[LEAD_MAIL]])
    expect(server.mails[0]?.text).toContain('http://localhost:3000/kk/proof')
    expect(await audited()).toEqual(['approvals.stopped'])
  })

  it('promises nothing new', async () => {
    expect(await tryToPropose()).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
    expect(await stays.yes(asked[0] ?? '', 'HOST')).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
    expect(await stays.yes(asked[0] ?? '', 'GUEST')).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
    expect(await stays.secondYes(await stays.person('LEAD', 'Saule'), children)).toMatchObject({ code: 'APPROVALS_STOPPED' })
  })

  it('lets people say no, arrive and leave, and everybody read', async () => {
    expect(await stays.release(asked[1] ?? '', 'DECLINED', 'HOST', 'ROOM_GONE')).toMatchObject({ code: 'OK' })
    expect(await stays.call(`record_arrived('test', $1, 'h', $2)`, [stays.newKey(), arrived])).toMatchObject({ code: 'OK' })
    expect(await stays.release(arrived, 'DEPARTED', 'GUEST', 'PLANNED')).toMatchObject({ code: 'OK' })
    const scope = lib.scopeOf(await stays.staff('COORDINATOR'))
    expect((await lib.placementRecord(scope, asked[0] ?? '')).state).toBe('PROPOSED')
  })

  it('goes on when it is mended', async () => {
    await planted(`insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
      select placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date from planted`)
    await database.rows('select rebuild_free_runs($1)', [roomId])
    await sealEverything()
    await lib.checkInvariantsJob()
    expect(await gate()).toEqual({ stopped_since: null, reasons: [] })
    expect(await tryToPropose()).toMatchObject({ ok: true })
    expect(await audited()).toEqual(['approvals.stopped', 'approvals.opened'])
    expect(server.mails).toHaveLength(2)
  })
})

it.each([
  ['I4: a request for a town nobody serves', `update arrival set city_ids = '{kentau}' where state = 'OPEN'`, `update arrival set city_ids = '{almaty}' where state = 'OPEN'`],
  ['I10: a mail server that is dead', `update message set created_at = now() - interval '1 hour', delivered_at = null, dead_at = null`,
    'update message set delivered_at = now()'],
  ['I12: a value whose key nobody knows', `update home set entrance_sealed = replace(address_sealed, substr(address_sealed, 14, 8), 'ffffffff')`,
    'update home set entrance_sealed = null'],
])('alarms and stops nothing, for a stranger can cause it: %s', async (name, plant, mend) => {
  await stays.arrival({ adults: 1 })
  await sealEverything()
  await planted(plant)
  await lib.checkInvariantsJob()
  const [id = ''] = name.split(':')
  const check = await newest()
  expect(check['held']).toBe(false)
  expect(Object.entries(check['violations'] as Record<string, { count: number }>).filter(([, { count }]) => count > 0).map(([found]) => found)).toEqual([id])
  expect(await gate()).toEqual({ stopped_since: null, reasons: [] })
  await planted(mend)
})

describe('events of the time when the worker was away', () => {
  const late = (count: number, xid = 'pg_current_xact_id()::text::bigint') => database.rows(`insert into audit_event (at, actor, action, subject, xid)
    select now() - interval '9 minutes', 'system', 'host.changed', '{}', ${xid} from generate_series(1, ${String(count)})`)
  const loose = async () => (await database.row('select count(*)::int as events from audit_event where seq not in (select seq from audit_link)'))['events']
  const outside = async () => (await newest())['violations'] as Record<string, { count: number }>

  it('are late, not lost: thousands are tied before they are asked about, also while another ties', async () => {
    await sealEverything()
    await late(4_500)
    const other = await connect(database.connectionString)
    await other.rows('begin')
    await other.rows('select 1 from audit_head for update')
    const checking = lib.checkInvariantsJob()
    await pause(700)
    await other.rows('commit')
    await checking
    expect((await outside())['I11']).toMatchObject({ count: 0 })
    expect([await loose(), await gate()]).toEqual([0, { stopped_since: null, reasons: [] }])
  })

  it('stop approvals where they can not be tied', async () => {
    await late(1, '0')
    const begun = performance.now()
    await lib.checkInvariantsJob()
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect((await outside())['I11']).toMatchObject({ count: 1, first: [{ what: 'event outside the chain' }] })
    expect(await gate()).toEqual({ stopped_since: expect.any(Date) as Date, reasons: ['I11'] })
    await planted('delete from audit_event where xid = 0')
    await lib.checkInvariantsJob()
    expect(await gate()).toEqual({ stopped_since: null, reasons: [] })
  })
})

it('keeps a check that was overtaken and lets the later one stand', async () => {
  const broken = JSON.stringify({ I1: { count: 1, first: [] } })
  await database.rows(`select record_check(now() - interval '1 hour', 1, $1, 0)`, [broken])
  expect(await gate()).toEqual({ stopped_since: null, reasons: [] })
  await database.rows(`select record_check(clock_timestamp(), 1, $1, 0)`, [broken])
  expect(await gate()).toMatchObject({ reasons: ['I1'] })
  await database.rows(`select record_check(clock_timestamp(), 1, '{"I1": {"count": 0, "first": []}}', 0)`)
  expect(await gate()).toMatchObject({ reasons: [] })
})

it('forgets checks after a week', async () => {
  await database.rows(`update invariant_check set at = at - interval '8 days' where at < now() - interval '30 minutes'`)
  const { count: before } = await database.row('select count(*)::int from invariant_check')
  await lib.pruneJob()
  expect(await database.row('select count(*)::int from invariant_check')).toEqual({ count: Number(before) - 1 })
})

it('counts people once, however many rooms and stays, and the wait to the first agreed place', async () => {
  const scratch = lib.smallStays(database)
  const before = await database.row('select * from count_people()')
  const arrivalId = await scratch.arrival({ adults: 1 })
  await database.rows(`update arrival set created_at = now() - interval '90 minutes' where id = $1`, [arrivalId])
  const [one, two] = [await scratch.home({ sleeps: [2] }), await scratch.home({ sleeps: [2] })]
  const [first = ''] = await scratch.confirmed([await scratch.leg(one.roomId, 0, 1), await scratch.leg(two.roomId, 1, 3)], { arrivalId })
  await scratch.call(`record_arrived('test', $1, 'h', $2)`, [scratch.newKey(), first])
  const after = await database.row('select * from count_people()')
  expect(after).toMatchObject({ people_now: Number(before['people_now']) + 1, people_ever: Number(before['people_ever']) + 1, waits: Number(before['waits']) + 1 })
  await database.rows(`update placement set confirmed_at = confirmed_at - interval '31 days' where arrival_id <> $1`, [arrivalId])
  expect(await database.row('select wait_minutes, waits from count_people()')).toEqual({ wait_minutes: 90, waits: 1 })
})

describe('npm run check:invariants', () => {
  const run = async (connectionString: string, ...options: string[]) => {
    const script = ['--conditions=react-server', '--import', 'tsx', 'scripts/check-invariants.ts', ...options]
    const env = { ...process.env, QONAQ_SEAL_KEYS: '', DATABASE_URL: connectionString }
    return promisify(execFile)(process.execPath, script, { env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }), (failed: unknown) => failed as { code: number; stdout: string; stderr: string })
  }

  it('answers one JSON object and 0 while everything holds, and leaves the gate alone', async () => {
    const empty = await scratchDatabase('template')
    const { code, stdout, stderr } = await run(empty.connectionString, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const answer = JSON.parse(stdout) as { findings: { id: string; statement: string; violations: number; first: unknown[] }[] }
    expect(answer).toMatchObject({ held: true, placementsAlive: 0, seconds: expect.any(Number) as number, when: expect.stringMatching(/^\d{4}-.*Z$/) as string })
    expect(answer.findings.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, index) => `I${String(index + 1)}`))
    for (const finding of answer.findings) expect(finding).toEqual({ id: finding.id, statement: expect.stringMatching(/\.$/) as string, violations: 0, first: [] })
    expect(await empty.rows('select 1 from invariant_check')).toEqual([])
  })

  it('answers 1 and what was found, and sets the gate only when told to', async () => {
    const broken = await scratchDatabase('template')
    await broken.rows(`update audit_head set place = 7`)
    const { code, stdout } = await run(broken.connectionString)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^I11 1 violations .*\n {6}events are missing at the end: 7$/m)
    expect(stdout).toMatch(/11 of 12 hold, 0 placements alive/)
    expect(await broken.row('select reasons from approval_gate')).toEqual({ reasons: [] })
    expect((await run(broken.connectionString, '--record')).code).toBe(1)
    expect(await broken.row('select reasons from approval_gate')).toEqual({ reasons: ['I11'] })
    expect(await broken.rows('select 1 from invariant_check')).toHaveLength(1)
  })

  it('could not write if it wanted to', async () => {
    const tricked = await scratchDatabase('template')
    await tricked.rows(`select add_audit('test', 'staff.changed', '{}')`)
    await tricked.rows('select chain_audit(1)')
    await tricked.rows(`create or replace function audit_hash(p_previous bytea, p_place bigint, p_at timestamptz, p_actor text, p_action text, p_subject jsonb)
      returns bytea language plpgsql security definer as $$ begin delete from city; return p_previous; end $$`)
    const { code, stderr } = await run(tricked.connectionString)
    expect(code).toBe(1)
    expect(stderr).toContain('cannot execute DELETE in a read-only transaction')
  })

  it('names its options when it is given others', async () => {
    expect(await run((await testDatabase()).connectionString, '--fix')).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The options are --json/) as string })
  })
})
