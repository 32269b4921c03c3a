/**
 * Approvals a second: 32 callers propose through the real command, (a) in random rooms, (b) all of them in 30 rooms,
 * next to Prisma's own update of one row through the same pool, the same function without Prisma, and the same steps as an
 * interactive transaction. Durable writes. The answers are checked before a figure is printed: every plan that was
 * acknowledged is there once, no statement about the database is violated, and no two callers were deadlocked.
 *
 * `npm run bench:place [-- --json]`; sizes and plain counterparts stay here so that anyone can run it again.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Client, Pool } from 'pg'
import type { UserActor } from '@/lib/auth/rules'
import { json, onBenchServer, say, secondsSince } from './bench-server'
import { loadPlaceWorld, OPEN_NIGHTS, type PlaceWorld } from './place-world'

const CALLERS = 32
const ROOMS = 20_000
const HOT_ROOMS = 30
const ARRIVALS = 60_000
const NIGHTS = 3
/** Proposals approved in one go, each for a room and nights of its own. */
const AT_ONCE = 10_000
/** Seconds of each arm; the plain update runs before and after the others, so that a slow minute of the machine shows. */
const ARM_SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8)

interface Arm {
  /** Calls a second. */
  perSecond: number
  /** Of them those whose work was accepted; a refusal is answered too, and sooner. */
  acceptedPerSecond: number
}

/** All callers at once, each one call after the other, until the time is up. @param work answers false when it was refused. */
async function measure(work: (caller: number) => Promise<unknown>): Promise<Arm> {
  const begun = performance.now()
  let [calls, accepted] = [0, 0]
  await Promise.all(Array.from({ length: CALLERS }, async (_, caller) => {
    while (secondsSince(begun) < ARM_SECONDS) {
      if (await work(caller) !== false) accepted += 1
      calls += 1
    }
  }))
  const seconds = secondsSince(begun)
  return { perSecond: Math.round(calls / seconds), acceptedPerSecond: Math.round(accepted / seconds) }
}

/** A run of nights inside every opening, as the plan's only leg. */
function legIn({ today }: PlaceWorld, roomId: string) {
  const dayAt = (offset: number) => new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10)
  const from = Math.floor(Math.random() * (OPEN_NIGHTS - NIGHTS))
  return { roomId, from: dayAt(from), until: dayAt(from + NIGHTS), adults: 1, childrenAges: [], reasons: { points: 90 } }
}

const pick = <T>(list: readonly T[]): T => {
  const found = list[Math.floor(Math.random() * list.length)]
  if (found === undefined) throw new RangeError('nothing to pick from')
  return found
}
const newKey = () => randomBytes(16).toString('hex')

async function arms(connectionString: string, world: PlaceWorld) {
  const { db } = await import('@/lib/db/client')
  const { propose } = await import('@/lib/placements/commands/propose')
  const { proposeMany } = await import('@/lib/placements/commands/propose-many')
  const acknowledged: string[] = []
  let next = 0
  const nextArrival = () => {
    const id = world.arrivals[next]
    if (id === undefined) throw new RangeError('the world has too few arrivals for this machine')
    next += 1
    return id
  }
  const actorOf = (caller: number): UserActor =>
    ({ kind: 'USER', userId: world.coordinators[caller] ?? '', role: 'COORDINATOR', name: 'c', cityIds: ['almaty'], hostId: null })

  const proposeIn = (rooms: readonly string[]) => async (caller: number) => {
    const arrivalId = nextArrival()
    const answer = await propose({
      actor: actorOf(caller), key: newKey(), requestHash: arrivalId, arrivalId, kind: 'SINGLE', legs: [legIn(world, pick(rooms))],
    })
    if (answer.ok) acknowledged.push(answer.value.planId)
    return answer.ok
  }
  const plain = () => db.room.update({ where: { id: pick(world.rooms) }, data: { quiet: true }, select: { id: true } })

  const pool = new Pool({ connectionString, max: CALLERS, options: '-c role=qonaq_app' })
  const raw = async (caller: number) => {
    const arrivalId = nextArrival()
    const { rows } = await pool.query<{ answer: { code: string; planId?: string } }>({
      name: 'propose', text: `select propose_plan($1, $2, $3, '{almaty}', $4, 'SINGLE', $5) as answer`,
      values: [world.coordinators[caller], newKey(), arrivalId, arrivalId, JSON.stringify([legIn(world, pick(world.rooms))])],
    })
    const planId = rows[0]?.answer.planId
    if (planId !== undefined) acknowledged.push(planId)
    return planId !== undefined
  }
  /** What an approval would cost as statements of an interactive transaction: lock, look, insert; without any of the rest. */
  const interactive = () => db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from arrival where id = ${pick(world.arrivals)}::uuid for no key update`
    const roomId = pick(world.rooms)
    await tx.$queryRaw`select 1 from room where id = ${roomId}::uuid for no key update`
    await tx.hold.findMany({ where: { roomId } })
    await tx.freeRun.findMany({ where: { roomId } })
    await tx.room.update({ where: { id: roomId }, data: { quiet: true }, select: { id: true } })
    await tx.city.update({ where: { id: pick(['almaty', 'astana', 'shymkent']) }, data: { country: 'KZ' }, select: { id: true } })
  }, { maxWait: 30_000, timeout: 30_000 })

  /** A round of a large city: seconds for all of it, and how many of it were held. */
  async function approveAtOnce() {
    const rooms = world.rooms.slice(-AT_ONCE)
    const proposals = rooms.map((roomId) => ({ arrivalId: nextArrival(), kind: 'SINGLE' as const, legs: [legIn(world, roomId)] }))
    const begun = performance.now()
    const answer = await proposeMany({ actor: actorOf(0), key: newKey(), requestHash: 'round', proposals })
    const seconds = secondsSince(begun)
    const plans = answer.ok ? answer.value.outcomes.flatMap((one) => (one.ok ? [one.planId] : [])) : []
    acknowledged.push(...plans)
    return { seconds, plans: plans.length }
  }

  await measure(plain)
  const before = await measure(plain)
  const random = await measure(proposeIn(world.rooms))
  const hot = await measure(proposeIn(world.rooms.slice(0, HOT_ROOMS)))
  const function_ = await measure(raw)
  const steps = await measure(interactive)
  const after = await measure(plain)
  const many = await approveAtOnce()
  await pool.end()
  await db.$disconnect()
  return { acknowledged, many, plain: (before.perSecond + after.perSecond) / 2, random, hot, function_, steps }
}

/** What was acknowledged is there once, every statement about the database holds, and nobody was deadlocked: else there are no figures. */
async function check(connectionString: string, acknowledged: readonly string[]) {
  const { checkInvariants } = await import('@/lib/db/invariants')
  const client = new Client({ connectionString })
  await client.connect()
  const { rows: [count] } = await client.query<{ plans: number; known: number; deadlocks: number }>(
    `select (select count(*)::int from plan) as plans, (select count(*)::int from plan where id = any ($1::uuid[])) as known,
      (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`, [acknowledged])
  const answers = await checkInvariants(client)
  await client.end()
  assert.equal(count?.known, acknowledged.length, 'every acknowledged plan is there')
  assert.equal(count.plans, acknowledged.length, 'and no other one')
  const violations = answers.flatMap(({ invariant, violations: rows }) => rows.map(({ what, id }) => `${invariant.id} ${what}: ${id}`))
  assert.equal(violations.length, 0, `statements about the database are violated, such as ${violations.slice(0, 3).join('; ')}`)
  assert.equal(count.deadlocks, 0, 'callers were deadlocked')
  return { deadlocks: count.deadlocks, violations: violations.length }
}

await onBenchServer({ settings: ['max_connections=120'], pool: CALLERS }, async (owner, connectionString) => {
  const begun = performance.now()
  const world = await loadPlaceWorld(owner, { coordinators: CALLERS, rooms: ROOMS, arrivals: ARRIVALS })
  say(`${String(ROOMS)} rooms, ${String(ARRIVALS)} arrivals, loaded in ${secondsSince(begun).toFixed(1)} s`)
  const found = await arms(connectionString, world)
  const { deadlocks, violations } = await check(connectionString, found.acknowledged)
  const ratio = (arm: Arm) => Number((arm.perSecond / found.plain).toFixed(3))
  const figures = {
    ratioRandom: ratio(found.random), ratioHot: ratio(found.hot), plainPerSecond: found.plain, randomPerSecond: found.random.perSecond,
    hotPerSecond: found.hot.perSecond, randomAcceptedPerSecond: found.random.acceptedPerSecond, hotAcceptedPerSecond: found.hot.acceptedPerSecond,
    functionAcceptedPerSecond: found.function_.acceptedPerSecond, functionPerSecond: found.function_.perSecond, interactivePerSecond: found.steps.perSecond,
    atOnce: AT_ONCE, atOnceHeld: found.many.plans, atOnceSeconds: Number(found.many.seconds.toFixed(2)),
    acknowledged: found.acknowledged.length, deadlocks, violations,
  }
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  say(Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`).join(', '))
})
