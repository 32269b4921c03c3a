import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
const key = (letter: string) => Buffer.alloc(32, letter).toString('base64url')
Object.assign(process.env, { DATABASE_URL: readFileSync('/tmp/qonaq-scratch/url','utf8'), NEXTAUTH_SECRET: 'a-secret-of-the-benchmark-long-enough', NEXTAUTH_URL: 'http://localhost:3000',
    QONAQ_SEAL_KEYS: `k1.aesgcm256.${key('s')}=`, QONAQ_INDEX_KEY: key('i'), QONAQ_TICKET_KEY: key('t'), LOG_LEVEL: 'silent' })
const { db } = await import('@/lib/db/client')
const { needOf } = await import('@/lib/arrivals/rules/need')
const { clockOf, factsOf } = await import('@/lib/arrivals/queries/facts')
const { rankCandidates } = await import('@/lib/matching/candidates')
const { DEFAULT_POLICY: policy } = await import('@/lib/matching/policy')
const { readFreeRooms } = await import('@/lib/placements/queries/free-rooms')
const now = new Date()
const rows = await db.arrival.findMany({ where: { state: 'OPEN' }, orderBy: { id: 'asc' }, take: 400 })
const needs = rows.map((row) => needOf(factsOf(row), clockOf(row.cityIds, now)))
const today = now.toISOString().slice(0, 10)
const p = (a: number[], q: number) => a.toSorted((x, y) => x - y)[Math.floor(a.length * q)]!.toFixed(2)
const q: number[] = [], r: number[] = [], n: number[] = [], e: number[] = []
for (let pass = 0; pass < 2; pass++) { q.length = r.length = n.length = 0
for (const need of needs) {
  const t0 = performance.now()
  const { rooms } = await readFreeRooms({ need, cityIds: need.cityIds, today, restedNights: 7 })
  const t1 = performance.now()
  rankCandidates({ rooms, need, policy })
  const t2 = performance.now()
  q.push(t1 - t0); r.push(t2 - t1); n.push(rooms.length)
}}
for (let i = 0; i < 400; i++) { const t = performance.now(); await db.$queryRaw`select 1`; e.push(performance.now() - t) }
console.log('query', p(q, .5), p(q, .95), p(q, .99), 'rank', p(r, .5), p(r, .95), p(r, .99), 'rooms', p(n, .5), p(n, .95), 'empty', p(e, .5), p(e, .99))
await db.$disconnect()
