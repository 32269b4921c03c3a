import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OUR_CODE, startChild, type Child } from '../../../scripts/children'
import { readJournal, writeEntry, type JournalEntry } from '../journal'
import type { ClientOrder, ClientReport } from './client'
import type { Crowd } from './crowd'
import { seedOf } from './dice'

export const PROCESSES = 4
export const WORKERS = 4

export interface SoakOrder {
  crowd: Crowd
  seed: number
  /** The owner's connection. */
  connectionString: string
  /** Another way to the database for some of the processes, such as a slow network. */
  detour?: string
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
  line: Line
}

function launch(order: ClientOrder, file: string, connectionString: string): Running {
  const running = { line: { done: 0, ok: 0 } } as Running
  const env = { ...process.env, DATABASE_URL: connectionString, DATABASE_POOL: String(order.workers * 2), LOG_LEVEL: 'silent' }
  running.child = startChild({ args: [...OUR_CODE, 'tests/faults/command-client.ts', file], env, onLine: (line) => {
    if (line.startsWith('{')) running.line = JSON.parse(line) as Line
  } })
  return running
}

function merge(into: Record<string, number>, from: Record<string, number>): void {
  for (const [line, times] of Object.entries(from)) into[line] = (into[line] ?? 0) + times
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

/** Lets sixteen people loose, four to a process, each process with its own pool and code. */
export async function startSoak(order: SoakOrder, start: JournalEntry): Promise<Soak> {
  await mkdir(order.folder, { recursive: true })
  const begun = performance.now()
  const journals = Array.from({ length: PROCESSES }, (_, index) => join(order.folder, `journal-${index}.jsonl`))
  const clients: Running[] = []
  for (const [index, journal] of journals.entries()) {
    const file = join(order.folder, `order-${index}.json`)
    const client: ClientOrder = {
      crowd: order.crowd, seed: seedOf(order.seed, 'process', index), workers: WORKERS, journal, owner: order.connectionString,
      operations: order.operations === null ? null : Math.ceil(order.operations / PROCESSES),
    }
    await writeFile(file, JSON.stringify(client))
    const way = index % 2 === 1 && order.detour !== undefined ? order.detour : order.connectionString
    clients.push(launch(client, file, way))
  }
  const soFar = () => ({
    done: clients.reduce((sum, { line }) => sum + line.done, 0), ok: clients.reduce((sum, { line }) => sum + line.ok, 0),
  })
  const finish = async (): Promise<SoakReport> => {
    await Promise.all(clients.map(({ child }) => child.stop()))
    const report = { tally: {}, unknowns: { committed: 0, notCommitted: 0 } }
    for (const { child, line } of clients) {
      if (line.report === undefined) throw new Error(`A client of the soak ended without a report:\n${child.tail()}`)
      merge(report.tally, line.report.tally)
      report.unknowns.committed += line.report.unknowns.committed
      report.unknowns.notCommitted += line.report.unknowns.notCommitted
    }
    const journal = async () => [start, ...(await Promise.all(journals.map(async (file) => readJournal(await readFile(file, 'utf8'))))).flat()]
    const { done, ok } = soFar()
    return { operations: done, acknowledged: ok, seconds: (performance.now() - begun) / 1000, ...report, journal }
  }
  await writeFile(join(order.folder, 'start.jsonl'), writeEntry(start))
  return { soFar, hasEnded: () => clients.every(({ child }) => child.isGone()), finish }
}
