import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OUR_CODE, startChild, type Child } from '../../../scripts/children'
import { readJournal, type JournalEntry } from '../journal'
import type { ClientOrder, ClientReport } from './client'
import type { Crowd } from './crowd'
import { seedOf } from './dice'

/** Everybody there is, however many processes they are in. */
const PEOPLE = 16

export interface SoakOrder {
  crowd: Crowd
  seed: number
  /** The owner's connection. */
  connectionString: string
  /** Another way to the database for some of the processes, such as a slow network. */
  detour?: string
  /** Client processes, each with its own pool and code. */
  processes: number
  /** For journals and orders; made when missing. */
  folder: string
  /** Attempts of all together; null: until `finish`. */
  operations: number | null
}

export interface SoakReport {
  operations: number
  acknowledged: number
  seconds: number
  tally: Record<string, number>
  unknowns: { committed: number; notCommitted: number }
  /** Everything the clients wrote down, the rows of the beginning first. */
  journal: () => Promise<JournalEntry[]>
}

interface Line { done: number; ok: number; report?: ClientReport }

interface Running {
  child: Child
  last: () => Line
}

/** Starts one client and waits until it has begun. */
async function launch(order: ClientOrder, file: string, connectionString: string): Promise<Running> {
  const env = { ...process.env, DATABASE_URL: connectionString, DATABASE_POOL: String(order.workers * 2), LOG_LEVEL: 'silent' }
  let last: Line = { done: 0, ok: 0 }
  return new Promise((done, fail) => {
    const child = startChild({ args: [...OUR_CODE, 'tests/faults/command-client.ts', file], env, onLine: (line) => {
      if (!line.startsWith('{')) return
      last = JSON.parse(line) as Line
      done({ child, last: () => last })
    } })
    void child.exited.then(() => { fail(new Error(`A client of the soak did not start:\n${child.tail()}`)) })
  })
}

/** A soak that is going on. */
export interface Soak {
  /** Attempts so far, and how many of them were answered OK. */
  soFar: () => { done: number; ok: number }
  /** True when all clients have done their number, or fell. */
  hasEnded: () => boolean
  /** Tells the clients to finish what they are doing, and answers what all of them came to. */
  finish: () => Promise<SoakReport>
}

/** Each process with its own pool and code; every second one by the detour, where there is one. */
async function launchAll({ crowd, seed, connectionString, detour, folder, operations, processes }: SoakOrder, journals: readonly string[]): Promise<Running[]> {
  return Promise.all(journals.map(async (journal, index) => {
    const file = join(folder, `order-${index}.json`)
    const client: ClientOrder = {
      crowd, seed: seedOf(seed, 'process', index), workers: PEOPLE / processes, journal, owner: connectionString,
      operations: operations === null ? null : Math.ceil(operations / processes),
    }
    await writeFile(file, JSON.stringify(client))
    return launch(client, file, index % 2 === 1 && detour !== undefined ? detour : connectionString)
  }))
}

function addUp(clients: readonly Running[]): Pick<SoakReport, 'tally' | 'unknowns'> {
  const sums = { tally: {} as Record<string, number>, unknowns: { committed: 0, notCommitted: 0 } }
  for (const { child, last } of clients) {
    const { report } = last()
    if (report === undefined) throw new Error(`A client of the soak ended without a report:\n${child.tail()}`)
    for (const [line, times] of Object.entries(report.tally)) sums.tally[line] = (sums.tally[line] ?? 0) + times
    sums.unknowns.committed += report.unknowns.committed
    sums.unknowns.notCommitted += report.unknowns.notCommitted
  }
  return sums
}

/** Lets sixteen people loose. Answers when all of them have begun. */
export async function startSoak(order: SoakOrder, start: JournalEntry): Promise<Soak> {
  await mkdir(order.folder, { recursive: true })
  const journals = Array.from({ length: order.processes }, (_, index) => join(order.folder, `journal-${index}.jsonl`))
  const clients = await launchAll(order, journals)
  const begun = performance.now()
  const soFar = () => ({ done: clients.reduce((sum, { last }) => sum + last().done, 0), ok: clients.reduce((sum, { last }) => sum + last().ok, 0) })
  const journal = async () => [start, ...(await Promise.all(journals.map(async (file) => readJournal(await readFile(file, 'utf8'))))).flat()]
  const finish = async (): Promise<SoakReport> => {
    await Promise.all(clients.map(({ child }) => child.stop()))
    const { done, ok } = soFar()
    return { operations: done, acknowledged: ok, seconds: (performance.now() - begun) / 1000, ...addUp(clients), journal }
  }
  return { soFar, hasEnded: () => clients.every(({ child }) => child.isGone()), finish }
}
