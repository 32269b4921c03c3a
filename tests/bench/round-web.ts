/**
 * The queue page while a round goes on: the product as it is served, a world of five thousand who wait, one coordinator who
 * presses the button and another who reads the queue meanwhile. Beside it the same page with no round.
 *
 * A part of `npm run bench:round`; alone: `node --conditions=react-server --import tsx tests/bench/round-web.ts [--json]`.
 */
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { findFreePort } from '@/lib/db/free-port'
import { build, isBuilt } from '../../scripts/build'
import { stopChildren } from '../../scripts/children'
import { serveProduct } from '../../scripts/serve-product'
import { json, onBenchServer, say } from './bench-server'
import { loadBigWorld } from './big-world'

const SIZE = { rooms: 1_250, holdsPerRoom: 2, waiting: 5_000 } as const
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const QUIET_PAGES = 30
const WARM_UP = 5
/** Somebody reads, looks, reads again. */
const BETWEEN_MS = 100
const TOKEN = 'B'.repeat(26)

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? 0)
}

async function serve(connectionString: string): Promise<string> {
  if (!(await isBuilt())) await build()
  const port = String(await findFreePort())
  const home = `http://localhost:${port}`
  await serveProduct({ env: { ...process.env, DATABASE_URL: connectionString, NEXTAUTH_URL: home, PORT: port, LOG_LEVEL: 'silent', DATABASE_POOL: '10' } })
  return home
}

async function readPage(home: string): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(`${home}/ru/coordinate`, { headers: { cookie: `qonaq-session=${TOKEN}` } })
  const text = await answer.text()
  assert.equal(answer.status, 200)
  assert.ok(text.includes('/coordinate?view=waiting&amp;case=') || text.includes('/ru/coordinate/case/'), 'the page holds the queue')
  return performance.now() - begun
}

async function readMany(home: string, goOn: (read: number) => Promise<boolean>): Promise<number[]> {
  const times: number[] = []
  while (await goOn(times.length)) {
    times.push(await readPage(home))
    await pause(BETWEEN_MS)
  }
  return times
}

async function startRound(owner: Pool): Promise<string> {
  const { DEFAULT_POLICY } = await import('@/lib/matching/policy')
  const { rows: [row] } = await owner.query<{ id: string }>(
    `insert into round (city_ids, parties, policy, started_by) select city_ids, '{GROUPS,FAMILIES,ADULTS}', $1, id from "user"
     where role = 'COORDINATOR' returning id`, [JSON.stringify(DEFAULT_POLICY)])
  await owner.query('select queue_round($1)', [row?.id])
  return row?.id ?? ''
}

await onBenchServer({ settings: QUICK, pool: 4 }, async (owner, connectionString) => {
  await loadBigWorld(owner, SIZE)
  const { hashSecret } = await import('@/lib/privacy/secret')
  await owner.query(`insert into session (user_id, token_hash, expires_at) select id, $1, now() + interval '1 hour' from "user" where role = 'COORDINATOR'`,
    [hashSecret('session', TOKEN)])
  const home = await serve(connectionString)
  try {
    await readMany(home, (read) => Promise.resolve(read < WARM_UP))
    const quiet = await readMany(home, (read) => Promise.resolve(read < QUIET_PAGES))
    const roundId = await startRound(owner)
    const begun = performance.now()
    const state = async () => (await owner.query<{ state: string }>('select state from round where id = $1', [roundId])).rows[0]?.state
    const during = await readMany(home, async () => ['QUEUED', 'RUNNING'].includes((await state()) ?? ''))
    const clickToResultSeconds = Number(((performance.now() - begun) / 1000).toFixed(2))
    assert.equal(await state(), 'DONE', 'the round is done')
    const found = { arrivals: SIZE.waiting, rooms: SIZE.rooms, clickToResultSeconds, pages: during.length, queuePageP95Ms: p95(during), quietP95Ms: p95(quiet) }
    if (json) process.stdout.write(`${JSON.stringify(found)}\n`)
    say(Object.entries(found).map(([name, value]) => `${name} ${String(value)}`).join(', '))
  } finally {
    await stopChildren()
  }
})
process.exit(0)
