import { Client } from 'pg'
import { checkInvariants } from '@/lib/db/invariants'
import { RUN_OUT, type Thing } from './acts'
import { listPairs, type Pair } from './pairs'
import { race, type Lane, type Outcome, type Start } from './race'
import { MAKE_STAGE, type Before } from './stage'

/** A pair and what its race came to. */
export interface RacedPair {
  one: string
  other: string
  on: Thing
  before: Before
  /** How the two were answered where one came after the other: first `one` first, then `other` first. */
  legal: [string, string]
  /** Which of them were seen when they met. */
  outcomes: string[]
}

export interface RaceReport {
  pairs: RacedPair[]
  /** Outcomes that neither order gives, errors, deadlocks, violated statements. */
  failures: string[]
  /** Meetings that were to be at one moment, and those of them where one had gone before the other was there. */
  meetings: number
  apart: number
}

const LANES = 4
const MEETINGS: readonly Start[] = [
  { order: 'ONE_FIRST', how: 'LET_GO' }, { order: 'OTHER_FIRST', how: 'LET_GO' },
  { order: 'ONE_FIRST', how: 'A_HAIR_LATER' }, { order: 'OTHER_FIRST', how: 'A_HAIR_LATER' },
]

/**
 * Lets every pair of transitions meet, in both orders and truly together, and compares what comes of it with what comes
 * of one after the other: one of the two it must be, answers and all.
 *
 * The host's own forms go through the commands, whose connection (`DATABASE_URL`) must lead to the same database.
 */
export async function runRaces({ connectionString, pairs = listPairs() }: { connectionString: string; pairs?: readonly Pair[] }): Promise<RaceReport> {
  const report: RaceReport = { pairs: [], failures: [], meetings: 0, apart: 0 }
  const todo = [...pairs]
  const before = await countDeadlocks(connectionString)
  let number = await countArrivals(connectionString)
  const next = () => (number += 1)
  const onApart = () => { report.apart += 1 }
  await Promise.all(Array.from({ length: LANES }, async () => {
    const lane = await openLane(connectionString, { next, onApart })
    try {
      for (let pair = todo.shift(); pair !== undefined; pair = todo.shift()) await meet(lane, pair, report)
    } finally {
      await Promise.all([lane.maker, lane.barrier, ...lane.actors].map((client) => client.end()))
    }
  }))
  report.failures.push(...await listWrongs(connectionString, before))
  report.pairs.sort((a, b) => pairs.findIndex((pair) => isOf(pair, a)) - pairs.findIndex((pair) => isOf(pair, b)))
  return report
}

const isOf = ({ one, other }: Pair, raced: RacedPair) => one.name === raced.one && other.name === raced.other

async function openLane(connectionString: string, calls: Pick<Lane, 'next' | 'onApart'>): Promise<Lane> {
  const [maker, barrier, one, other] = await Promise.all(Array.from({ length: 4 }, async () => {
    const client = new Client({ connectionString })
    await client.connect()
    return client
  }))
  if (!maker || !barrier || !one || !other) throw new Error('no connections')
  await maker.query(`set plan_cache_mode = force_generic_plan; ${MAKE_STAGE}`)
  for (const actor of [one, other]) await actor.query(RUN_OUT)
  return { maker, barrier, actors: [one, other], ...calls }
}

const inWords = ({ answers }: Outcome) => answers.join(' + ')
const asText = ({ answers, state }: Outcome) => JSON.stringify([answers, state])

async function meet(lane: Lane, pair: Pair, report: RaceReport): Promise<void> {
  const { pairs, failures } = report
  const oneFirst = await race(lane, pair, { order: 'ONE_FIRST', how: 'AFTER' })
  const otherFirst = await race(lane, pair, { order: 'OTHER_FIRST', how: 'AFTER' })
  const legal = [oneFirst, otherFirst]
  const seen = new Set<string>()
  for (const start of MEETINGS) {
    const outcome = await race(lane, pair, start)
    seen.add(inWords(outcome))
    if (start.how === 'LET_GO') report.meetings += 1
    if (!legal.some((one) => asText(one) === asText(outcome))) failures.push(illegal(pair, start, outcome, legal))
  }
  failures.push(...legal.filter(({ answers }) => answers.some((answer) => answer.startsWith('ERROR'))).map((one) => `${pair.one.name} and ${pair.other.name}: ${inWords(one)}`))
  pairs.push({
    one: pair.one.name, other: pair.other.name, on: pair.on, before: pair.setting.before,
    legal: [inWords(oneFirst), inWords(otherFirst)], outcomes: [...seen].sort(),
  })
}

function illegal({ one, other }: Pair, { order, how }: Start, outcome: Outcome, legal: readonly Outcome[]): string {
  const nearest = legal.find(({ answers }) => answers.join() === outcome.answers.join()) ?? legal[0]
  const lines = outcome.state.filter((line) => !nearest?.state.includes(line)).map((line) => `+ ${line}`)
  const missing = nearest?.state.filter((line) => !outcome.state.includes(line)).map((line) => `- ${line}`) ?? []
  return [`${one.name} and ${other.name} (${order}, ${how}): ${inWords(outcome)}; legal are ${legal.map(inWords).join(' or ')}`, ...missing, ...lines].join('\n')
}

async function countIn(connectionString: string, statement: string): Promise<number> {
  // a fresh connection: a backend sees its own snapshot of the counters
  const client = new Client({ connectionString })
  await client.connect()
  const { rows: [row] } = await client.query<{ count: number }>(statement)
  await client.end()
  return row?.count ?? 0
}

const countDeadlocks = (connectionString: string) =>
  countIn(connectionString, 'select deadlocks::int as count from pg_stat_database where datname = current_database()')
const countArrivals = (connectionString: string) => countIn(connectionString, 'select count(*)::int as count from arrival')

/** What may not be after all races: a deadlock, which the commands would have hidden by trying again, or a violated statement. */
async function listWrongs(connectionString: string, deadlocksBefore: number): Promise<string[]> {
  const deadlocks = await countDeadlocks(connectionString) - deadlocksBefore
  const client = new Client({ connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  const violated = answers.flatMap(({ invariant, violations }) => violations.map(({ what, id }) => `${invariant.id} ${what}: ${id}`))
  return [...(deadlocks > 0 ? [`${deadlocks} deadlocks`] : []), ...violated]
}
