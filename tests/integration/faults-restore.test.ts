import { afterAll, expect, inject, it } from 'vitest'
import { readBearer } from '@/lib/auth/bearer'
import { db } from '@/lib/db/client'
import { checkInvariants } from '@/lib/db/invariants'
import { withRetry } from '@/lib/db/transaction'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { withClient } from '../faults/postgres'
import { connectionTo } from '../setup/database'
import { smallWorld } from '../setup/small-world'

const CONNECTION = process.env['DATABASE_URL'] ?? ''
const NAME = new URL(CONNECTION).pathname.slice(1)
const YESTERDAY = `${NAME}_yesterday`

const row = (statement: string, values: unknown[] = []) => withClient(CONNECTION, async (client) => {
  const [first] = (await client.query(statement, values)).rows as Record<string, unknown>[]
  if (first === undefined) throw new Error(`no row: ${statement}`)
  return first
})
const world = smallWorld({ row })

afterAll(() => db.$disconnect())

/** Somebody who has asked, as the bearer of their secret. */
async function asks(): Promise<{ id: string; bearer: string }> {
  const secret = newToken()
  const id = await world.arrival({ adults: 1 })
  await row('update arrival set token_hash = $2 where id = $1 returning id', [id, hashSecret('stay', secret)])
  return { id, bearer: `Bearer ${secret}` }
}

// a copy is a backup without the way to the shelf and back
async function replaceBy(to: string, from: string): Promise<void> {
  await withClient(connectionTo(inject('databasePort'), 'postgres'), async (client) => {
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = any ($1)', [[from, to]])
    await client.query(`drop database if exists ${to} with (force)`)
    await client.query(`create database ${to} template ${from}`)
  })
}

async function violations(): Promise<string[]> {
  const answers = await withClient(CONNECTION, (client) => checkInvariants(client))
  return answers.flatMap(({ invariant, violations: found }) => found.map(({ what }) => `${invariant.id}: ${what}`))
}

it('knows who was there when the backup was made and nobody who came since, and is whole, while the product runs on', async () => {
  await world.person('COORDINATOR', 'Aigul')
  const before = await asks()
  await replaceBy(YESTERDAY, NAME)
  const since = await asks()
  expect(await readBearer(since.bearer)).toMatchObject({ actor: { kind: 'GUEST', arrivalId: since.id } })
  await replaceBy(NAME, YESTERDAY)
  expect(await withRetry(() => readBearer(before.bearer))).toMatchObject({ actor: { arrivalId: before.id } })
  expect(await readBearer(since.bearer)).toBeNull()
  expect(await violations()).toEqual([])
})
