import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { pictureQuery } from '../model/picture'
import type { Who } from './acts'
import type { Pair } from './pairs'
import { makeStage, type Stage } from './stage'

/** Connections of one race: who makes and looks, who holds the rows, and the two who meet. */
export interface Lane {
  maker: Client
  barrier: Client
  actors: readonly [Client, Client]
  /** Another number for each stage. */
  next: () => number
  /** Called where two who were to be let go together did not both wait. */
  onApart: (start: Start) => void
}

/** What came of two acts: how each was answered, and how everything stands afterwards, in words without ids. */
export interface Outcome {
  answers: readonly [string, string]
  state: readonly string[]
}

/** How the two begin. */
export type Start =
  /** One ends before the other begins. */
  | { order: 'ONE_FIRST' | 'OTHER_FIRST'; how: 'AFTER' }
  /** The second begins a hair later. */
  | { order: 'ONE_FIRST' | 'OTHER_FIRST'; how: 'A_HAIR_LATER' }
  /** Both wait for the same rows, in this order, and are let go together. */
  | { order: 'ONE_FIRST' | 'OTHER_FIRST'; how: 'LET_GO' }

const LOOK_EVERY_MS = 3
const WAIT_AT_MOST_MS = 1_500

const PICTURE = pictureQuery({ homes: 'id = any ($1::uuid[])', arrivals: 'id = any ($2::uuid[])' })
/** Everybody who waits for this connection, or for somebody who does. */
const WAITING = `
with recursive waiting as (
  select pid, pg_blocking_pids(pid) as for from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()),
behind as (select pid from waiting where $1 = any (waiting.for) union select waiting.pid from waiting join behind on behind.pid = any (waiting.for))
select count(*)::int as count from behind`

/** One race on a stage of its own. */
export async function race(lane: Lane, pair: Pair, start: Start): Promise<Outcome> {
  const stage = await makeStage(lane.maker, lane.next(), pair.setting)
  const turn = (who: Who) => (who === 0 ? pair.one : pair.other).run(stage, who, lane.actors[who])
  const order: readonly [Who, Who] = start.order === 'ONE_FIRST' ? [0, 1] : [1, 0]
  const [first, second] = await together(lane, stage, { start, turn, order })
  const answers = order[0] === 0 ? [first, second] as const : [second, first] as const
  return { answers, state: await stateOf(lane.maker, stage) }
}

interface Meeting {
  start: Start
  turn: (who: Who) => Promise<string>
  order: readonly [Who, Who]
}

async function together(lane: Lane, stage: Stage, { start, turn, order: [first, second] }: Meeting): Promise<[string, string]> {
  const asWords = (who: Who) => turn(who).catch((error: unknown) => `ERROR ${(error as { code?: string }).code ?? ''} ${(error as Error).message}`)
  if (start.how === 'AFTER') return [await asWords(first), await asWords(second)]
  if (start.how === 'A_HAIR_LATER') {
    const begun = asWords(first)
    await pause(1)
    return Promise.all([begun, asWords(second)])
  }
  await hold(lane.barrier, stage)
  const begun = asWords(first)
  await waiting(lane, 1)
  const both = Promise.all([begun, asWords(second)])
  if (!await waiting(lane, 2)) lane.onApart(start)
  await lane.barrier.query('rollback')
  return both
}

/** Holds what every transition locks on its way: nobody goes past it. */
async function hold(barrier: Client, { guest, rivals, host, other, room }: Stage): Promise<void> {
  await barrier.query('begin')
  await barrier.query(`select 1 from arrival where id = any ($1) order by id for update`, [[guest, ...rivals]])
  await barrier.query(`select 1 from host where id = any ($1) order by id for update`, [[host, other.host]])
  await barrier.query(`select 1 from room where id = any ($1) order by id for update`, [[room, other.room]])
}

/** Whether so many wait behind the barrier by now; waits for them a moment. */
async function waiting({ maker, barrier }: Lane, count: number): Promise<boolean> {
  const { processID } = barrier as unknown as { processID: number }
  const deadline = Date.now() + WAIT_AT_MOST_MS
  while (Date.now() < deadline) {
    const { rows: [row] } = await maker.query<{ count: number }>({ name: 'waiting', text: WAITING, values: [processID] })
    if ((row?.count ?? 0) >= count) return true
    await pause(LOOK_EVERY_MS)
  }
  return false
}

/** Everything the two could have changed, with names for what was there before and `new` for what was made. */
async function stateOf(maker: Client, stage: Stage): Promise<string[]> {
  const { rows } = await maker.query<{ line: string }>({
    name: 'race-picture', text: PICTURE, values: [[stage.home, stage.other.home], [stage.guest, ...stage.rivals]],
  })
  const names = namesOf(stage)
  const inWords = (line: string) => line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? 'new').replace(/^(plan .*) until \d+$/, '$1')
  return rows.map(({ line }) => inWords(line)).sort()
}

function namesOf(stage: Stage): Map<string, string> {
  const { staff, leads, rivals, other, plan, stay } = stage
  return new Map([
    [staff[0], 'coordinator 1'], [staff[1], 'coordinator 2'], [leads[0], 'lead 1'], [leads[1], 'lead 2'], [rivals[0], 'rival 1'], [rivals[1], 'rival 2'],
    [stage.guest, 'guest'], [stage.host, 'host'], [stage.home, 'home'], [stage.room, 'room'], [other.host, 'other host'], [other.home, 'other home'],
    [other.room, 'other room'], [plan ?? '', 'plan'], [stay ?? '', 'stay'],
  ])
}
