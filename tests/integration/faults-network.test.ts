import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { checkInvariants } from '@/lib/db/invariants'
import { isUnavailable } from '@/lib/db/sqlstate'
import { OUR_CODE, startChild, stopChildren } from '../../scripts/children'
import { keepWorking } from '../../scripts/keep-serving'
import { withClient } from '../faults/postgres'
import { blackHole, latency, startTcpProxy, type TcpProxy } from '../faults/tcp-proxy'
import { isCommitted } from '../faults/wire'
import type { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

// The product behind a network to its database that breaks; the tests themselves look past it.

let database: TestDatabase
let stays: ReturnType<typeof smallStays>
let proxy: TcpProxy
let lib: Awaited<ReturnType<typeof loadLib>>

// loaded once DATABASE_URL leads through the proxy
async function loadLib() {
  const [{ propose }, { db }, { inTransaction }, { once }, { smallStays: make }] = await Promise.all([
    import('@/lib/placements/commands/propose'), import('@/lib/db/client'), import('@/lib/db/transaction'),
    import('@/lib/db/idempotency'), import('../setup/small-stays')])
  return { propose, db, inTransaction, once, stays: make(database) }
}

beforeAll(async () => {
  database = await testDatabase()
  const url = new URL(database.connectionString)
  proxy = await startTcpProxy({ to: { port: Number(url.port) } })
  url.port = String(proxy.port)
  process.env['DATABASE_URL'] = url.href
  lib = await loadLib()
  stays = lib.stays
})
afterEach(() => proxy.heal())
afterAll(async () => {
  await lib.db.$disconnect()
  await proxy.stop()
})

async function request() {
  const { roomId } = await stays.home({ sleeps: [2] })
  const arrivalId = await stays.arrival({ adults: 1 })
  const actor = await stays.staff('COORDINATOR')
  return { ...stays.once(), actor, arrivalId, kind: 'SINGLE' as const, legs: [await stays.leg(roomId, 0, 2)] }
}

const plansOf = (arrivalId: string) => database.rows('select id from plan where arrival_id = $1', [arrivalId])

async function violations(): Promise<string[]> {
  const answers = await withClient(database.connectionString, (client) => checkInvariants(client))
  return answers.flatMap(({ invariant, violations: rows }) => rows.map(({ what }) => `${invariant.id}: ${what}`))
}

async function outcomeOf(work: Promise<unknown>) {
  const started = performance.now()
  const error = await work.then(() => null, (thrown: unknown) => thrown)
  return { error, seconds: (performance.now() - started) / 1000 }
}

describe('a reset between the server and its database', () => {
  // the first answer of the database to the transition never arrives: committed, and nobody knows
  it('during the commit is resolved by the key, in the same call: one plan', async () => {
    const asked = await request()
    let cuts = 0
    proxy.fault(({ way, data }) => {
      // the answer itself, and not what another connection is told meanwhile
      if (way !== 'TO_CLIENT' || cuts > 0 || !data.includes('planId')) return { pass: data }
      cuts += 1
      return { pass: null, then: 'RESET' }
    })
    expect(await lib.propose(asked)).toMatchObject({ ok: true, replayed: true })
    expect([cuts, (await plansOf(asked.arrivalId)).length]).toEqual([1, 1])
  })

  it('during the commit of a transaction of several statements as well', async () => {
    const by = { actor: 'test', key: stays.newKey(), operation: 'test.change', requestHash: 'h' }
    const armed = new Set<number>()
    let cuts = 0
    proxy.fault(({ connection, way, data }) => {
      if (way === 'TO_SERVER' && data.includes(by.key)) armed.add(connection)
      if (way !== 'TO_CLIENT' || !armed.has(connection) || cuts > 0 || !isCommitted(data)) return { pass: data }
      cuts += 1
      return { pass: null, then: 'RESET' }
    })
    const event = { action: 'host.changed', subject: { host: by.key } } as const
    const answer = await lib.inTransaction((tx) => lib.once({ tx, ...by }, z.string(), async () => ({ value: 'done', event })))
    expect(answer).toEqual({ ok: true, value: 'done', replayed: true })
    expect(await database.rows(`select 1 from audit_event where subject->>'host' = $1`, [by.key])).toHaveLength(1)
    expect(cuts).toBe(1)
  })

  it('before the commit is tried again: one plan, and no replay', async () => {
    const asked = await request()
    let cuts = 0
    proxy.fault(({ way, data }) => {
      if (way === 'TO_CLIENT' || cuts > 0 || !data.includes(asked.key)) return { pass: data }
      cuts += 1
      return { pass: null, then: 'RESET' }
    })
    expect(await lib.propose(asked)).toMatchObject({ ok: true, replayed: false })
    expect([cuts, (await plansOf(asked.arrivalId)).length]).toEqual([1, 1])
  })
})

describe('a database that is half a second away, more or less four tenths', () => {
  it('makes everything slow and nothing twice', async () => {
    const asked = await Promise.all(Array.from({ length: 12 }, request))
    let drawn = 0
    // each way half of it; draws that look like chance and are the same in every run
    const random = () => (drawn += 0.618) % 1
    proxy.fault(latency({ ms: 250, jitterMs: 200, random }))
    const answers = await Promise.all(asked.flatMap((one) => [lib.propose(one), lib.propose(one)]))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    for (const { arrivalId } of asked) expect(await plansOf(arrivalId)).toHaveLength(1)
    expect(await violations()).toEqual([])
  })
})

describe('a database behind a black hole', () => {
  it('fails what waits soon after the statement timeout, and serves again as soon as it is back', async () => {
    const asked = await Promise.all(Array.from({ length: 4 }, request))
    await lib.propose(asked[0]!)
    proxy.fault(blackHole)
    const during = await Promise.all(asked.slice(1).map((one) => outcomeOf(lib.propose(one))))
    for (const { error, seconds } of during) {
      expect(isUnavailable(error), String(error)).toBe(true)
      expect(seconds).toBeLessThan(8)
    }
    proxy.heal()
    for (const one of asked) {
      const { error, seconds } = await outcomeOf(lib.propose(one))
      expect([error, seconds < 6]).toEqual([null, true])
      expect(await plansOf(one.arrivalId)).toHaveLength(1)
    }
    expect(await violations()).toEqual([])
  })
})

describe('a worker behind a black hole', () => {
  const add = async () => (await database.row(`select (graphile_worker.add_job('prune')).id::text`))['id'] as string
  const isDone = (job: string, withinMs: number) => vi.waitFor(async () =>
    expect(await database.rows('select 1 from graphile_worker._private_jobs where id = $1', [job])).toEqual([]), withinMs)

  it('goes on by itself when the database is back', async () => {
    await database.rows('delete from graphile_worker._private_jobs')
    // a worker that could not write down what became of its jobs ends, and is started again
    void keepWorking({ start: () => startChild({ args: [...OUR_CODE, 'scripts/worker.ts'], env: process.env }) })
    await isDone(await add(), 15_000)
    proxy.fault(blackHole)
    await pause(9_000)
    proxy.heal()
    // what was taken in the dark stays taken; the minute's own jobs do that work
    await isDone(await add(), 45_000)
    await stopChildren()
  }, 80_000)
})

describe('a database that ends connections as if at random', () => {
  it('says "not now" at worst, writes each transaction once, and lets the process live', async () => {
    const keys = Array.from({ length: 120 }, () => stays.newKey())
    const over = new AbortController()
    const ending = (async () => {
      while (!over.signal.aborted) {
        await database.rows(`select pg_terminate_backend(pid) from (select pid from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and usename is not null order by random() limit 1) one`)
        await pause(30)
      }
    })()
    const write = async (key: string) => lib.inTransaction(async (tx) => {
      const by = { actor: 'test', key, operation: 'test.change', requestHash: 'h' }
      const event = { action: 'host.changed', subject: { host: key } } as const
      return lib.once({ tx, ...by }, z.string(), async () => {
        await pause(2)
        return { value: key, event }
      })
    })
    // five tries may all be met on a slow machine: then a person reads "not now" and presses again, under the same key
    const insist = async (key: string, times: number): Promise<{ ok: boolean }> => write(key).catch((error: unknown) => {
      if (!isUnavailable(error) || times === 0) throw error
      return insist(key, times - 1)
    })
    for (let first = 0; first < keys.length; first += 4) {
      const answers = await Promise.all(keys.slice(first, first + 4).map((key) => insist(key, 20)))
      expect(answers.every(({ ok }) => ok)).toBe(true)
    }
    over.abort()
    await ending
    const [{ events } = {}] = await database.rows(`select count(*)::int as events from audit_event where subject->>'host' = any ($1)`, [keys])
    expect(events).toBe(keys.length)
  })
})
