import { setTimeout as pause } from 'node:timers/promises'
import { OUR_CODE, startChild } from '../../../scripts/children'
import type { KillOrder } from '../killer'
import type { JournalEntry } from '../journal'
import type { Until } from '../part'
import type { Postgres } from '../postgres'
import type { Crowd } from './crowd'
import { seedOf } from './dice'
import { startPostman } from './postman'
import { startSoak, type Soak, type SoakReport } from './run'

/** What a soak is done to. */
export interface UnderFault {
  postgres: Postgres
  connectionString: string
  crowd: Crowd
  /** The rows of the crowd as the journal begins with them. */
  start: JournalEntry
  seed: number
  folder: string
  until: Until
  /** Who is killed meanwhile, and how often; null: nobody. */
  kill: Pick<KillOrder, 'what' | 'fromMs' | 'untilMs'> | null
  onProgress: (words: string) => void
}

export interface UnderReport extends SoakReport {
  kills: number
  /** Milliseconds from each death of the server until it took connections again. */
  recoveries: number[]
}

const LOOK_EVERY_MS = 200
const SAY_EVERY_MS = 3_000

/** Starts the server again as often as it is killed. `stop` waits until it is there. */
function keepAlive(postgres: Postgres): { recoveries: number[]; stop: () => Promise<void> } {
  const recoveries: number[] = []
  const over = new AbortController()
  const stopped = new Promise<void>((done) => { over.signal.addEventListener('abort', () => { done() }) })
  const watch = (async () => {
    for (;;) {
      await Promise.race([postgres.gone(), stopped])
      if (postgres.isGone()) recoveries.push(await postgres.restart())
      else if (over.signal.aborted) return
    }
  })()
  return { recoveries, stop: async () => {
    over.abort()
    await watch
  } }
}

function startKiller(order: KillOrder): { kills: () => number; stop: () => Promise<void> } {
  let kills = 0
  const child = startChild({ args: [...OUR_CODE, 'tests/faults/killer.ts', JSON.stringify(order)], env: process.env, onLine: (line) => {
    if (line.includes('"killed"')) kills += 1
  } })
  return { kills: () => kills, stop: () => child.stop() }
}

function isEnough(until: Until, { begun, done, kills }: { begun: number; done: number; kills: number }): boolean {
  if ('seconds' in until) return performance.now() - begun > until.seconds * 1_000
  return done >= until.operations && kills >= until.kills
}

async function watchOver(soak: Soak, kills: () => number, { until, onProgress }: UnderFault): Promise<void> {
  const begun = performance.now()
  let [said, before] = [begun, 0]
  for (;;) {
    const { done, ok } = soak.soFar()
    if (isEnough(until, { begun, done, kills: kills() })) return
    if (performance.now() - said > SAY_EVERY_MS) {
      const rate = Math.round(((done - before) * 1_000) / (performance.now() - said))
      onProgress(`${done} operations, ${rate} a second, ${Math.round((100 * ok) / Math.max(1, done))} % OK, ${kills()} kills`)
      ;[said, before] = [performance.now(), done]
    }
    if (soak.hasEnded()) throw new Error('The clients of the soak ended by themselves.')
    await pause(LOOK_EVERY_MS)
  }
}

/** A whole soak through the commands while somebody breaks the database. The server is up again when it answers. */
export async function soakUnder(under: UnderFault): Promise<UnderReport> {
  const { postgres, connectionString, seed, kill } = under
  const postman = startPostman(connectionString)
  const alive = keepAlive(postgres)
  const soak = await startSoak({ ...under, operations: null }, under.start)
  const killer = kill && startKiller({ ...kill, connectionString, dataDir: postgres.dataDir, seed: seedOf(seed, 'killer') })
  try {
    await watchOver(soak, killer?.kills ?? (() => 0), under)
  } finally {
    await killer?.stop()
    await alive.stop()
  }
  const report = await soak.finish()
  await postman.stop()
  return { ...report, kills: killer?.kills() ?? 0, recoveries: alive.recoveries }
}
