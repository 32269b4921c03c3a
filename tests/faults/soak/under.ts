import { setTimeout as pause } from 'node:timers/promises'
import { OUR_CODE, startChild, type Child } from '../../../scripts/children'
import type { KillOrder } from '../killer'
import type { JournalEntry } from '../journal'
import type { Until } from '../part'
import { withClient, type Postgres } from '../postgres'
import { startTcpProxy, type Fault } from '../tcp-proxy'
import { isCommitted } from '../wire'
import type { Crowd } from './crowd'
import { dice, seedOf } from './dice'
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
  /** Who is killed meanwhile, and how often. */
  kill: readonly Pick<KillOrder, 'what' | 'fromMs' | 'untilMs' | 'atMost'>[]
  /** Client processes; four where nothing is said. */
  processes?: number
  /** True: half of the people are far away, and news of a commit is under way for a while. It is lost when the server dies. */
  farAway?: boolean
  onProgress: (words: string) => void
}

export interface UnderReport extends SoakReport {
  kills: Kills
  /** Milliseconds from each death of the server until it took connections again. */
  recoveries: number[]
}

type Kills = Record<KillOrder['what'], number>

const LOOK_EVERY_MS = 200
const SAY_EVERY_MS = 3_000

const FAR_MS = 800

/** The end of a transaction, or of the one statement that is a whole transition and calls its answer so. */
const isNews = (data: Buffer) => isCommitted(data) && (data.includes('answer') || data.includes('COMMIT'))

/** News of what was written is late; nothing else is, because locks are held then and others wait for them. */
function lateNews(seed: number): Fault {
  const { roll } = dice(seed)
  return ({ way, data }) => ({ pass: data, delayMs: way === 'TO_CLIENT' && isNews(data) ? roll(FAR_MS) : 0 })
}

async function canConnect(postgres: Postgres): Promise<boolean> {
  return withClient(postgres.connectionTo('postgres'), () => Promise.resolve(true)).catch(() => false)
}

/** Starts the server again as often as it is killed. `stop` waits until it is there. */
function keepAlive(postgres: Postgres, onDeath: () => void): { recoveries: number[]; stop: () => Promise<void> } {
  const recoveries: number[] = []
  const over = new AbortController()
  const stopped = new Promise<void>((done) => { over.signal.addEventListener('abort', () => { done() }) })
  const watch = (async () => {
    for (;;) {
      await Promise.race([postgres.gone(), stopped])
      if (postgres.isGone()) {
        onDeath()
        recoveries.push(await postgres.restart())
      } else if (over.signal.aborted) {
        // killed a moment ago, it is not gone yet for whoever holds it
        if (await canConnect(postgres)) return
        await pause(LOOK_EVERY_MS)
      }
    }
  })()
  return { recoveries, stop: async () => {
    over.abort()
    await watch
  } }
}

export interface Killer {
  kills: () => number
  begin: () => void
  stop: () => Promise<void>
}

/** A killer in a process of its own, which waits for `begin`. */
export async function startKiller(order: KillOrder): Promise<Killer> {
  let kills = 0
  const child = await new Promise<Child>((done, fail) => {
    const started = startChild({ args: [...OUR_CODE, 'tests/faults/killer.ts', JSON.stringify(order)], env: process.env, onLine: (line) => {
      if (line.includes('"killed"')) kills += 1
      if (line.includes('"ready"')) done(started)
    } })
    void started.exited.then(() => { fail(new Error(`The killer did not start: ${started.tail()}`)) })
  })
  return { kills: () => kills, begin: () => process.kill(child.pid, 'SIGUSR2'), stop: () => child.stop() }
}

function isEnough(until: Until, { begun, done, kills }: { begun: number; done: number; kills: Kills }): boolean {
  if ('seconds' in until) return performance.now() - begun > until.seconds * 1_000
  return done >= until.operations && kills.server >= until.kills
}

async function watchOver(soak: Soak, killed: () => Kills, { until, onProgress }: UnderFault): Promise<void> {
  const begun = performance.now()
  let [said, before] = [begun, 0]
  for (;;) {
    const [{ done, ok }, kills] = [soak.soFar(), killed()]
    if (isEnough(until, { begun, done, kills })) return
    if (performance.now() - said > SAY_EVERY_MS) {
      const rate = Math.round(((done - before) * 1_000) / (performance.now() - said))
      onProgress(`${done} operations, ${rate} a second, ${Math.round((100 * ok) / Math.max(1, done))} % OK, killed ${kills.server} servers, ${kills.backends} connections`)
      ;[said, before] = [performance.now(), done]
    }
    if (soak.hasEnded()) throw new Error('The clients of the soak ended by themselves.')
    await pause(LOOK_EVERY_MS)
  }
}

function throughPort(connectionString: string, port: number): string {
  const address = new URL(connectionString)
  address.port = String(port)
  return address.href
}

/** A whole soak through the commands while somebody breaks the database. The server is up again when it answers. */
export async function soakUnder(under: UnderFault): Promise<UnderReport> {
  const { postgres, connectionString, seed } = under
  const postman = startPostman(connectionString)
  const network = await startTcpProxy({ to: { port: postgres.port } })
  network.fault(lateNews(seedOf(seed, 'network')))
  const alive = keepAlive(postgres, () => network.resetAll())
  const detour = under.farAway === true ? { detour: throughPort(connectionString, network.port) } : {}
  const [soak, ...killers] = await Promise.all([
    startSoak({ processes: 4, ...under, ...detour, operations: null }, under.start),
    ...under.kill.map((kill) => startKiller({ ...kill, connectionString, dataDir: postgres.dataDir, seed: seedOf(seed, kill.what) })),
  ])
  const kills = (): Kills => ({ server: 0, backends: 0, ...Object.fromEntries(under.kill.map(({ what }, index) => [what, killers[index]?.kills() ?? 0])) })
  for (const killer of killers) killer.begin()
  try {
    await watchOver(soak, kills, under)
  } finally {
    await Promise.all(killers.map((killer) => killer.stop()))
    await alive.stop()
  }
  const report = await soak.finish()
  await postman.stop()
  await network.stop()
  return { ...report, kills: kills(), recoveries: alive.recoveries }
}
