import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { stopRound } from '@/lib/rounds/commands/stop'
import { OUR_CODE, startChild, stopChildren, type Child } from '../../scripts/children'
import { crowdTown } from '../setup/round-town'
import { roundWorld } from '../setup/round-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

// The worker as it is started in production, and what becomes of a round when it is killed.

const SILENCE_MS = 60_000

let database: TestDatabase
let world: ReturnType<typeof roundWorld>
let aigul: UserActor

beforeAll(async () => {
  database = await testDatabase()
  world = roundWorld(database)
  aigul = await world.staff('COORDINATOR')
  await crowdTown(database, 'almaty', { waiting: 8_000, rooms: 2_000 })
})
afterAll(() => stopChildren())

const startWorker = () => startChild({ args: [...OUR_CODE, 'scripts/worker.ts'], env: process.env })
const until = (roundId: string, expected: Record<string, unknown>, timeout: number) =>
  vi.waitFor(async () => expect(await world.roundOf(roundId)).toMatchObject(expected), { timeout, interval: 100 })

/** Waits until the round has said once more that it lives, and plays; stopped a moment later it is still in the middle, however fast the machine. */
async function secondBeat(roundId: string): Promise<void> {
  const { beat_at: first } = await world.roundOf(roundId)
  await vi.waitFor(async () => {
    const { state, beat_at: beat } = await world.roundOf(roundId)
    expect(state).toBe('RUNNING')
    expect(Number(beat), 'it says again that it lives').toBeGreaterThan(Number(first))
  }, { timeout: SILENCE_MS, interval: 50 })
  await vi.waitFor(async () => expect((await world.roundOf(roundId))['step']).not.toBe('READING'), { timeout: SILENCE_MS, interval: 50 })
}

async function kill(worker: Child): Promise<void> {
  process.kill(worker.pid, 'SIGKILL')
  await worker.exited
}

describe('a round in the worker', () => {
  it('killed in the middle, ends with the reason and nothing of it is kept; the next one plays, tells how far it is, and stops in the middle when it is asked to', async () => {
    const first = startWorker()
    const roundId = await world.started(aigul)
    await until(roundId, { state: 'RUNNING', step: 'EDGES' }, SILENCE_MS)
    await kill(first)
    const second = startWorker()
    await until(roundId, { state: 'FAILED', failure: 'WORKER_GONE' }, SILENCE_MS)
    expect(await world.rowsOf(roundId)).toEqual([])

    const next = await world.started(aigul)
    await until(next, { state: 'RUNNING' }, SILENCE_MS)
    await secondBeat(next)
    await stopRound({ ...world.once(), actor: aigul, roundId: next })
    await until(next, { state: 'STOPPED', failure: null }, SILENCE_MS)
    await second.stop()
  }, 180_000)
})
