import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal, writeEntry } from '../journal'
import { judge } from '../judge'
import { counted, type Part, type PartReport, type PartRun, type Until } from '../part'
import { startPostgres, type Postgres } from '../postgres'
import { TOWN } from '../soak/crowd'
import { dice, seedOf } from '../soak/dice'
import { buildTown, type Town } from '../soak/town'
import { startKiller } from '../soak/under'
import type { Hand } from './ask'
import { missingKeys, openBook, type Book } from './book'
import { startCaller } from './caller'
import { Memory } from './memory'
import { runProgram, type Program } from './program'
import { openStage, type Stage } from './stage'

// Sixteen programs ask two web processes over connections they keep; a worker sends the letters to a real mail server;
// connections to the one database are ended all the time, of all three.

const PROGRAMS = 16
const SAY_EVERY_MS = 3_000
const SOME_HAVE_MAIL = 3
const LEAST_SHARE_OK = 0.4
// all guests ask over the API, and have their secret
const EMPTY_TOWN = { ...TOWN, guestsPerCity: 0 }

async function makeTokens(stage: Stage, { crowd }: Town): Promise<Map<string, string>> {
  const tokens = new Map<string, string>()
  const hosts = crowd.homes.map(({ userId }) => ({ userId, role: 'HOST', cityIds: [] }))
  for (const user of [...crowd.staff, ...hosts]) tokens.set(user.userId, await stage.tokenOf(user))
  for (const [index, { userId }] of hosts.entries()) if (index % SOME_HAVE_MAIL === 0) await stage.giveMail('user', userId)
  return tokens
}

interface Played {
  book: Book
  known: Set<string>
  seconds: number
  ended: number
  letters: number
  /** Last words of a worker that fell. */
  workerFell: string | null
}

function isEnough(book: Book, { until, begun }: { until: Until; begun: number }): boolean {
  if ('seconds' in until) return performance.now() - begun > until.seconds * 1_000
  return book.operations >= until.operations
}

async function play(order: PartRun, { stage, town, postgres }: { stage: Stage; town: Town; postgres: Postgres }): Promise<Played> {
  const { seed, until, folder, onProgress } = order
  const journal = createWriteStream(join(folder, 'journal.jsonl'))
  journal.write(writeEntry(town.start))
  const tokens = await makeTokens(stage, town)
  const webs = await Promise.all([stage.startWeb(), stage.startWeb()])
  const worker = await stage.startWorker()
  const [book, known, memory] = [openBook(), new Set<string>(), new Memory(stage)]
  const programOf = (index: number): Program => {
    const chance = dice(seedOf(seed, 'program', index))
    const hand: Hand = { dice: chance, memory, crowd: town.crowd, stage, tokens }
    // its own addresses: another dice, so that how often something is tried again changes nothing else
    const network = dice(seedOf(seed, 'network', index))
    return {
      hand, book, known, urls: webs.map(({ url }) => url), caller: startCaller({ address: () => `10.2.${index}.${network.roll(250)}` }),
      write: (entry) => { journal.write(writeEntry(entry)) },
    }
  }
  const programs = Array.from({ length: PROGRAMS }, (_, index) => programOf(index))
  const killer = await startKiller({
    what: 'backends', fromMs: 100, untilMs: 300, connectionString: town.connectionString, dataDir: postgres.dataDir, seed: seedOf(seed, 'killer'),
  })
  killer.begin()
  const begun = performance.now()
  const isOver = () => isEnough(book, { until, begun })
  const clock = setInterval(() => {
    const perSecond = Math.round((book.operations * 1_000) / (performance.now() - begun))
    onProgress(`${book.operations} operations, ${perSecond} a second, ${Math.round((100 * book.acknowledged) / Math.max(1, book.operations))} % OK, ${killer.kills()} connections ended, ${stage.mail.mails.length} letters`)
  }, SAY_EVERY_MS)
  await Promise.all(programs.map((program) => runProgram(program, isOver)))
  clearInterval(clock)
  const seconds = (performance.now() - begun) / 1_000
  await killer.stop()
  for (const { caller } of programs) caller.close()
  const workerFell = worker.isGone() ? worker.tail() : null
  await Promise.all([...webs, worker].map((child) => child.stop()))
  await new Promise<void>((done) => { journal.end(done) })
  return { book, known, seconds, ended: killer.kills(), letters: stage.mail.mails.length, workerFell }
}

async function reportOf({ seed, folder }: PartRun, stage: Stage, played: Played): Promise<PartReport> {
  const { book, known, seconds, ended, letters, workerFell } = played
  const verdict = await judge(stage.connectionString, readJournal(await readFile(join(folder, 'journal.jsonl'), 'utf8')))
  const share = book.acknowledged / Math.max(1, book.operations)
  return {
    name: http.name, seed, seconds, operations: book.operations, acknowledged: book.acknowledged,
    kills: { postgres: 0, web: 0, worker: 0, backends: ended },
    violations: counted(verdict.violations), duplicated: counted(verdict.duplicated),
    lost: counted([...verdict.lost, ...await missingKeys(stage, known)]),
    checks: [
      { name: 'every answer over HTTP is a yes or a refusal that people may see', ok: book.wrong.length === 0, found: book.wrong.slice(0, 5).join('; ') },
      { name: `at least ${LEAST_SHARE_OK * 100} % of the answers are yes`, ok: share >= LEAST_SHARE_OK, found: String(share) },
      { name: 'connections were ended all the time', ok: ended >= seconds, found: `${ended} in ${seconds} s` },
      { name: 'the worker lived through it and letters went out', ok: letters > 0 && workerFell === null, found: `${letters} letters ${workerFell ?? ''}` },
    ],
    figures: { shareOk: share, letters, unknowns: book.unknowns, losses: book.losses, tally: book.tally, wrong: counted(book.wrong) },
  }
}

/** Through HTTP against two web processes and a worker, while connections are ended every 100 to 300 ms. */
export const http: Part = {
  name: 'http',
  run: async (order) => {
    const postgres = await startPostgres({ folder: order.folder })
    try {
      const town = await buildTown(postgres, 'http', EMPTY_TOWN)
      const stage = await openStage({ connectionString: town.connectionString, folder: order.folder })
      const played = await play(order, { stage, town, postgres })
      const report = await reportOf(order, stage, played)
      await stage.stop()
      return report
    } finally {
      await postgres.stop()
    }
  },
}
