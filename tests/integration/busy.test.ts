import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { once } from '@/lib/db/idempotency'
import { isLockTimeout, isUnavailable } from '@/lib/db/sqlstate'
import { inTransaction, withRetry } from '@/lib/db/transaction'

const frozen = new Client({ connectionString: process.env['DATABASE_URL'] ?? '' })
beforeAll(async () => {
  await frozen.connect()
})
afterAll(async () => {
  await db.$disconnect()
  await frozen.end()
})

const newKey = () => randomBytes(16).toString('hex')

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('it went well')
}

it('knows a lock that was not given, a statement and a transaction that took too long for a busy database', async () => {
  const slow = await failure(() => db.$transaction(async (tx) => {
    await tx.$executeRaw`set local statement_timeout = 20`
    await tx.$queryRaw`select pg_sleep(5)::text`
  }))
  const late = await failure(() => db.$transaction(async (tx) => {
    await new Promise((done) => setTimeout(done, 60))
    await tx.$queryRaw`select 1`
  }, { timeout: 20 }))
  expect([slow, late].map(isUnavailable)).toEqual([true, true])
  expect([new Error('a bug'), null, { code: '23505' }, { code: 'P2002' }].map(isUnavailable)).toEqual([false, false, false, false])
})

it('asks once more for a lock of somebody who is gone meanwhile, and stops when it is held on', async () => {
  await frozen.query('begin')
  await frozen.query(`select 1 from city where id = 'almaty' for update`)
  let tries = 0
  await withRetry(async () => {
    tries += 1
    if (tries === 2) await frozen.query('rollback')
    return db.$queryRaw`select 1 as locked from city where id = 'almaty' for update`
  })
  expect(tries).toBe(2)

  tries = 0
  const error = await failure(() => withRetry(() => {
    tries += 1
    throw Object.assign(new Error('lock'), { code: '55P03' })
  }))
  expect(tries).toBe(2)
  expect([isLockTimeout(error), isUnavailable(error)]).toEqual([true, true])
})

it('takes the audit head with the last statement of a change', async () => {
  const said: string[] = []
  const by = { actor: 'test', key: newKey(), operation: 'test.change', requestHash: 'h' }
  const event = { action: 'host.changed', subject: { host: 'x' } } as const
  await inTransaction((tx) => {
    const ear = new Proxy(tx, { get: (target, name) => (name !== '$queryRaw' ? Reflect.get(target, name) as unknown
      : (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
          const sql = 'raw' in query ? Prisma.sql(query, ...values) : query
          said.push(sql.sql)
          return tx.$queryRaw(sql)
        }) })
    return once({ tx: ear, ...by }, z.string(), async () => {
      await ear.$queryRaw(Prisma.sql`select 'work'::text`)
      return { value: 'done', event }
    })
  })
  expect(said).toHaveLength(3)
  expect(said.findIndex((sql) => sql.includes('add_audit'))).toBe(2)
  expect(said[2]).toContain('end_once')
  const again = await inTransaction((tx) => once({ tx, ...by }, z.string(), () => Promise.reject(new Error('twice'))))
  expect(again).toEqual({ ok: true, value: 'done', replayed: true })
})

it('asks a connection one thing at a time, also for relations read side by side in a transaction', async () => {
  const warnings: string[] = []
  const listen = (warning: Error) => warnings.push(warning.message)
  process.on('warning', listen)
  await inTransaction((tx) => tx.placement.findMany({
    include: { arrival: true, home: true, host: true, plan: true, room: true, yeses: true, approvals: true }, take: 5 }))
  await inTransaction((tx) => Promise.all([1, 2, 3, 4].map((one) => tx.$queryRaw`select ${one}::int`)))
  await new Promise((done) => setImmediate(done))
  process.off('warning', listen)
  expect(warnings.filter((words) => words.includes('already executing'))).toEqual([])
})
