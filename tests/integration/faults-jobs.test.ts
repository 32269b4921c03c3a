import { setTimeout as pause } from 'node:timers/promises'
import { runOnce, type RunnerOptions } from 'graphile-worker'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { isUnavailable } from '@/lib/db/sqlstate'
import { OUR_CODE, startChild } from '../../scripts/children'
import { withClient } from '../faults/postgres'
import { blackHole, startTcpProxy, type TcpProxy } from '../faults/tcp-proxy'
import type { smallStays } from '../setup/small-stays'
import { startMailServer, type MailServer } from '../setup/smtp'
import { testDatabase, type TestDatabase } from '../setup/test-database'

// Workers that are killed in the middle of a job, and a pool that is too small.

const TODAY = `(now() at time zone 'Asia/Almaty')::date`

let database: TestDatabase
let mail: MailServer
let mailNetwork: TcpProxy
let lib: Awaited<ReturnType<typeof loadLib>>
let stays: ReturnType<typeof smallStays>

// loaded once SMTP_URL leads through the proxy
async function loadLib() {
  const [{ QUEUE_OPTIONS }, { seal }, { propose }, { inTransaction }, { smallStays: make }] = await Promise.all([
    import('@/lib/jobs/run'), import('@/lib/privacy/seal'), import('@/lib/placements/commands/propose'),
    import('@/lib/db/transaction'), import('../setup/small-stays')])
  return { queue: QUEUE_OPTIONS satisfies RunnerOptions, seal, propose, inTransaction, stays: make(database) }
}

beforeAll(async () => {
  mail = await startMailServer()
  mailNetwork = await startTcpProxy({ to: { port: mail.port } })
  process.env['SMTP_URL'] = `smtp://127.0.0.1:${mailNetwork.port}`
  database = await testDatabase()
  lib = await loadLib()
  stays = lib.stays
})
afterAll(async () => {
  await mailNetwork.stop()
  await mail.stop()
})

const startWorker = () => startChild({ args: [...OUR_CODE, 'scripts/worker.ts'], env: process.env })

async function violations(): Promise<string[]> {
  const answers = await withClient(database.connectionString, (client) => checkInvariants(client))
  return answers.flatMap(({ invariant, violations: rows }) => rows.map(({ what }) => `${invariant.id}: ${what}`))
}

async function request() {
  const { roomId, userId } = await stays.home({ sleeps: [2] })
  const arrivalId = await stays.arrival({ adults: 1 })
  const actor = await stays.staff('COORDINATOR')
  return { userId, plan: { ...stays.once(), actor, arrivalId, kind: 'SINGLE' as const, legs: [await stays.leg(roomId, 0, 2)] } }
}

describe('a worker killed before its letter went out', () => {
  it('is followed by one that sends it, once', async () => {
    const { userId, plan } = await request()
    await database.rows('update "user" set email_sealed = $1 where id = $2', [lib.seal('host@example.org', { field: 'user.email', rowId: userId }), userId])
    mailNetwork.fault(blackHole)
    const worker = startWorker()
    const asked = await lib.propose(plan)
    const [placementId] = asked.ok ? asked.value.placementIds : []
    const message = () => database.row(`select attempts, delivered_at from message where placement_id = $1 and to_side = 'HOST'`, [placementId])
    await vi.waitFor(async () => expect((await message())['attempts']).toBe(1), 20_000)
    process.kill(worker.pid, 'SIGKILL')
    await worker.exited
    expect([mail.mails.length, (await message())['delivered_at']]).toEqual([0, null])
    mailNetwork.heal()
    // six minutes later the minute's job looks for letters that hang on a worker that died
    await database.rows(`update graphile_worker._private_jobs set locked_at = now() - interval '6 minutes' where locked_at is not null`)
    await database.rows(`update message set created_at = now() - interval '6 minutes' where placement_id = $1`, [placementId])
    await database.rows('select retry_messages()')
    await runOnce(lib.queue)
    await runOnce(lib.queue)
    expect(mail.mails.filter(({ envelope }) => envelope.includes('host@example.org'))).toHaveLength(1)
    expect(await message()).toMatchObject({ attempts: 2, delivered_at: expect.any(Date) })
  }, 60_000)
})

describe('a worker killed while it erases what is due', () => {
  it('leaves whole requests or none of them, and the next one erases the rest', async () => {
    const due = 400
    await database.rows(`insert into arrival (code, nickname, city_ids, from_date, until_date, adults, contact_kind, contact_sealed, state, closed_at)
      select 'E' || (n / 1000)::text || '-' || lpad((n % 1000)::text, 3, '0'), 'due', '{almaty}', ${TODAY} - 50, ${TODAY} - 40, 1, 'MAIL', $1, 'CLOSED', now() - interval '31 days'
      from generate_series(1, $2::int) n`, [lib.seal('x@example.org', { field: 'arrival.contact', rowId: 'x' }), due])
    const left = async () => Number((await database.row(`select count(*)::int as rows from arrival where nickname = 'due'`))['rows'])
    const half = async () => database.rows(`select id from arrival where (contact_sealed is null) <> (erased_at is not null) and code like 'E%'`)
    let kills = 0
    while (kills < 2 && (await left()) > 0) {
      await database.rows(`select graphile_worker.add_job('erase', job_key => $1)`, [`erase-${kills}`])
      const [worker, before] = [startWorker(), await left()]
      await vi.waitFor(async () => expect(await left()).toBeLessThan(before), { timeout: 20_000, interval: 5 })
      process.kill(worker.pid, 'SIGKILL')
      await worker.exited
      kills += 1
      expect(await half()).toEqual([])
    }
    await database.rows(`select graphile_worker.add_job('erase')`)
    await runOnce(lib.queue)
    expect([kills > 0, await left(), await half()]).toEqual([true, 0, []])
    const { events } = await database.row(`select count(*)::int as events from audit_event where action = 'arrival.erased'`)
    expect(events).toBe(due)
  }, 90_000)
})

describe('a worker whose connections are ended while it works', () => {
  it('lives, and ends every job', async () => {
    const jobs = 400
    await database.rows('delete from graphile_worker._private_jobs')
    const worker = startWorker()
    await database.rows(`select graphile_worker.add_job('lapse_due', max_attempts => 25) from generate_series(1, $1::int)`, [jobs])
    const left = async () => Number((await database.row('select count(*)::int as jobs from graphile_worker._private_jobs'))['jobs'])
    await vi.waitFor(async () => expect(await left()).toBeLessThan(jobs), 20_000)
    for (let ended = 0; ended < 60 && (await left()) > 0; ended += 1) {
      await database.rows(`select pg_terminate_backend(pid) from (select pid from pg_stat_activity where datname = current_database()
        and pid <> pg_backend_pid() and application_name is not null and usename is not null order by state = 'active' desc, random() limit 2) two`)
      await pause(25)
    }
    expect(worker.isGone(), worker.tail()).toBe(false)
    // a job that was taken when the line went stays locked for hours: the minute's own jobs do that work
    await vi.waitFor(async () => expect(await database.rows('select 1 from graphile_worker._private_jobs where locked_at is null and run_at < now()')).toEqual([]), 30_000)
    expect(worker.isGone(), worker.tail()).toBe(false)
    await worker.stop()
  }, 90_000)
})

describe('ten times as many people as connections', () => {
  it('wait their turn or are told "not now"; nobody waits for ever, also not for a second connection of their own', async () => {
    const plans = await Promise.all(Array.from({ length: 50 }, request))
    const nested = () => lib.inTransaction(async (tx) => {
      await tx.$queryRaw`select pg_sleep(0.01)::text`
      return tx.city.count()
    })
    const begun = performance.now()
    const answers = await Promise.allSettled([...plans.map(({ plan }) => lib.propose(plan)), ...Array.from({ length: 50 }, nested)])
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    expect(refused.filter((error) => !isUnavailable(error))).toEqual([])
    expect(answers.length - refused.length).toBeGreaterThan(50)
    expect(performance.now() - begun).toBeLessThan(20_000)
    expect(await violations()).toEqual([])
  }, 40_000)
})
