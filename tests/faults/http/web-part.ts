import { listViolations } from '../checks'
import { counted, isFullLength, type Check, type Part, type PartReport, type PartRun, type Until } from '../part'
import { freshDatabase, startPostgres } from '../postgres'
import { dice, seedOf, type Dice } from '../soak/dice'
import { judgedBy, unknownsChecks } from '../unknowns'
import { count, enter, missingKeys, openBook, type Book } from './book'
import { startCaller } from './caller'
import { insist } from './insist'
import { KEY_MARK, killAt, MOMENTS, momentsChecks } from './kill-at'
import { oneGuest, openLane, type Act } from './lane'
import { playScenes } from './scenes'
import { openStage, type Stage } from './stage'
import type { Web } from './web'

// Web processes are killed in the middle of what they do, while programs ask each of them. Each program has a town of its
// own, where every request must succeed: a refusal means that something was done twice or forgotten.

const LANES = 4
const SAY_EVERY_MS = 3_000

/** The audit's name of what each step does: one event each. */
const EVENT_OF: Readonly<Record<string, string>> = {
  'ask': 'arrival.requested', 'propose': 'plan.proposed', 'host yes': 'placement.yes', 'guest yes': 'placement.yes',
  'second yes': 'placement.second-yes', 'arrive': 'placement.arrived', 'leave': 'placement.departed', 'erase': 'arrival.erased',
}

interface Run {
  stage: Stage
  book: Book
  /** Two processes that serve, and one that waits for its turn. */
  webs: [Web, Web]
  spare: Promise<Web>
  kills: Record<string, number>
  /** Keys of answers OK. */
  known: Set<string>
  /** Events against answers, when the kills are over. */
  compared: Compared
  isOver: () => boolean
}

function actOf(run: Run, { address, chance }: { address: string; chance: Dice }): { act: Act; close: () => void } {
  const caller = startCaller({ address: () => `${address}.${chance.roll(250)}` })
  const act: Act = async (name, request) => {
    const key = `${KEY_MARK}${chance.key()}`
    const first = chance.roll(2)
    const whereTo = (attempt: number) => run.webs[(first + attempt) % 2 === 0 ? 0 : 1].url
    const answered = await insist({ caller, request: { ...request, key }, whereTo, onLost: (why) => count(run.book.losses, why) })
    enter(run.book, name, answered)
    const { status, body } = answered.answer
    if (status >= 300) {
      run.book.wrong.push(`${name} ${key} after ${answered.lost} lost tries: ${status} ${String(body['code'])}`)
      throw new Error('a lane is spoiled')
    }
    run.known.add(key)
    return body
  }
  return { act, close: caller.close }
}

async function playLane(run: Run, index: number, seed: number): Promise<void> {
  const chance = dice(seedOf(seed, 'lane', index))
  const { act, close } = actOf(run, { address: `10.1.${index}`, chance })
  let lane = await openLane(run.stage)
  while (!run.isOver()) {
    // a spoiled lane is in the book; the next begins in a new town
    await oneGuest(run.stage, lane, act).catch(async (error: unknown) => {
      if ((error as Error).message !== 'a lane is spoiled') run.book.wrong.push(String(error))
      lane = await openLane(run.stage)
    })
  }
  close()
}

async function killOn(run: Run, seed: number): Promise<void> {
  const { roll } = dice(seedOf(seed, 'killer'))
  for (let turn = 0; !run.isOver(); turn += 1) {
    const moment = MOMENTS[turn % MOMENTS.length] ?? 'SOMETIME'
    const place = roll(2) === 0 ? 0 : 1
    count(run.kills, await killAt({ web: run.webs[place], moment, random: () => roll(1000) / 1000 }))
    run.webs[place] = await run.spare
    run.spare = run.stage.startWeb()
  }
}

const killsOf = ({ kills }: Run) => Object.values(kills).reduce((sum, one) => sum + one, 0)

function isEnough(run: Run, { until, begun }: { until: Until; begun: number }): boolean {
  if ('seconds' in until) return performance.now() - begun > until.seconds * 1_000
  return run.book.operations >= until.operations && killsOf(run) >= until.kills
}

interface Compared {
  lost: string[]
  duplicated: string[]
}

/** Nobody else has done anything: as many events as were acknowledged, none less and none more. */
async function compare({ stage, book }: Run): Promise<Compared> {
  const lost = []
  const wanted: Record<string, number> = {}
  for (const [name, event] of Object.entries(EVENT_OF)) wanted[event] = (wanted[event] ?? 0) + (book.tally[`${name}: OK`] ?? 0)
  const events = await stage.rows('select action, count(*)::int as times from audit_event group by action')
  const times = new Map(events.map(({ action, times: found }) => [String(action), Number(found)]))
  const duplicated = []
  for (const [event, acknowledged] of Object.entries(wanted)) {
    const found = times.get(event) ?? 0
    if (found > acknowledged) duplicated.push(`${event}: ${found} events, ${acknowledged} acknowledged`)
    if (found < acknowledged) lost.push(`${event}: ${found} events, ${acknowledged} acknowledged`)
  }
  return { lost, duplicated }
}

async function play(run: Run, { seed, until, onProgress }: PartRun): Promise<void> {
  const begun = performance.now()
  run.isOver = () => isEnough(run, { until, begun })
  const clock = setInterval(() => {
    onProgress(`${run.book.operations} operations, ${killsOf(run)} web processes killed, ${run.book.unknowns.committed} + ${run.book.unknowns.notCommitted} unknown`)
  }, SAY_EVERY_MS)
  try {
    await Promise.all([killOn(run, seed), ...Array.from({ length: LANES }, (_, index) => playLane(run, index, seed))])
  } finally {
    clearInterval(clock)
  }
}

async function reportOf(run: Run, { seed, until }: PartRun, { seconds, scenes }: { seconds: number; scenes: readonly Check[] }): Promise<PartReport> {
  const { stage, book, known } = run
  return {
    name: web.name, seed, seconds, operations: book.operations, acknowledged: book.acknowledged,
    kills: { postgres: 0, web: killsOf(run), worker: 0, backends: 0 },
    violations: counted(await listViolations(stage.connectionString)),
    lost: counted([...run.compared.lost, ...await missingKeys(stage, known)]), duplicated: counted(run.compared.duplicated),
    checks: [
      { name: 'no request of a town of its own is refused, however often its server dies', ok: book.wrong.length === 0, found: book.wrong.slice(0, 5).join('; ') },
      ...momentsChecks(run.kills, until),
      ...unknownsChecks(book.unknowns, until),
      ...scenes,
    ],
    figures: { unknowns: book.unknowns, unknownsJudged: judgedBy(book.unknowns), killsAt: run.kills, tally: book.tally, losses: book.losses, wrong: counted(book.wrong) },
  }
}

function scenesIn(until: Until): 'SOME' | 'LONG' {
  return isFullLength(until) ? 'LONG' : 'SOME'
}

/** kill -9 of web processes between any two steps of a request, and then faults that come once at a certain place. */
export const web: Part = {
  name: 'web',
  run: async (order) => {
    const postgres = await startPostgres({ folder: order.folder })
    const stage = await openStage({ connectionString: await freshDatabase(postgres, 'web'), folder: order.folder })
    const [one, other, spare] = await Promise.all([stage.startWeb(), stage.startWeb(), stage.startWeb()])
    const run: Run = { stage, book: openBook(), webs: [one, other], spare: Promise.resolve(spare), kills: {}, known: new Set(), compared: { lost: [], duplicated: [] }, isOver: () => false }
    // letters go out meanwhile, as in a town; the scenes after it bring workers of their own
    const worker = await stage.startWorker()
    const begun = performance.now()
    try {
      await play(run, order)
      await worker.stop()
      const seconds = (performance.now() - begun) / 1_000
      run.compared = await compare(run)
      const scenes = await playScenes({ ...order, stage, webs: run.webs, which: scenesIn(order.until) })
      return await reportOf(run, order, { seconds, scenes })
    } finally {
      await Promise.all([worker, ...run.webs, await run.spare].map((child) => child.stop()))
      await stage.stop()
      await postgres.stop()
    }
  },
}
