/**
 * A whole round from the database and back: read everybody and everything, build, solve, write the suggestions, approve all
 * of them in one go; then from the click to the result through command, job and thread; then the queue page while a round
 * goes on (`round-web.ts`). Each run checks its own answer.
 *
 * `npm run bench:round [-- --json] [--arrivals N] [--rooms M]`; the sizes stay here so that anyone can run it again.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { RoundInput, RoundResult, RoundStep } from '@/lib/matching/round-types'
import { json, onBenchServer, say, secondsSince } from './bench-server'
import { loadBigWorld } from './big-world'

/** As many suggestions as the contract names; four parties to a room, as after the first week. */
const WHOLE = { arrivals: 10_000, rooms: 2_500 } as const
/** What a coordinator of a large city presses the button for. */
const CLICK = { arrivals: 5_000, rooms: 1_250 } as const
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const SOLVING: readonly RoundStep[] = ['SINGLE', 'CERTIFICATE']

const { values } = parseArgs({ options: { json: { type: 'boolean' }, arrivals: { type: 'string' }, rooms: { type: 'string' }, part: { type: 'string' } } })

function round2(seconds: number): number {
  return Number(seconds.toFixed(2))
}

/** Plays in this process and answers the seconds of each step beside the result. */
async function playTimed(input: RoundInput): Promise<{ result: RoundResult; seconds: Map<RoundStep, number>; all: number }> {
  const { playRound } = await import('@/lib/matching/round')
  const seconds = new Map<RoundStep, number>()
  const begun = performance.now()
  let [step, since]: [RoundStep, number] = ['READING', begun]
  const pass = (next: RoundStep) => {
    seconds.set(step, (seconds.get(step) ?? 0) + secondsSince(since))
    ;[step, since] = [next, performance.now()]
  }
  const result = playRound(input, { onProgress: (progress) => pass(progress.step) })
  pass('WRITING')
  return { result, seconds, all: secondsSince(begun) }
}

async function coordinator() {
  const { db } = await import('@/lib/db/client')
  const { userId, name, cityIds } = await db.user.findFirstOrThrow({ where: { role: 'COORDINATOR' } }).then(({ id, ...rest }) => ({ userId: id, ...rest }))
  return { kind: 'USER' as const, userId, role: 'COORDINATOR' as const, name, cityIds, hostId: null }
}

async function started(key: string) {
  const { startRound } = await import('@/lib/rounds/commands/start')
  const { DEFAULT_POLICY } = await import('@/lib/matching/policy')
  const actor = await coordinator()
  const answer = await startRound({
    actor, key, requestHash: key, cityIds: actor.cityIds.slice(0, 100), withinNights: null, parties: ['GROUPS', 'FAMILIES', 'ADULTS'], groupsInPart: false,
    policy: DEFAULT_POLICY,
  })
  assert.ok(answer.ok, 'the round is started')
  return { actor, roundId: answer.value.round }
}

/** Nobody else is there: what was suggested of one moment can be held together, all of it. */
async function demandAllHeld(plans: number): Promise<void> {
  const { db } = await import('@/lib/db/client')
  const outcomes = await db.suggestion.groupBy({ by: ['state', 'lostReason', 'kind'], where: { kind: { not: null } }, _count: true })
  const held = outcomes.filter(({ state }) => state === 'HELD').reduce((sum, { _count: count }) => sum + count, 0)
  assert.equal(held, plans, `every plan is held: ${JSON.stringify(outcomes)}`)
}

/** Step by step in this process, so that each step's share can be named. */
async function whole() {
  const { takeRound, finishRound } = await import('@/lib/rounds/commands/play')
  const { readRoundInput } = await import('@/lib/jobs/play-round-input')
  const { suggestionsOf } = await import('@/lib/rounds/rules/result')
  const { approveRound } = await import('@/lib/rounds/commands/approve')
  const { proposeMany } = await import('@/lib/placements/commands/propose-many')
  const { refusalOf } = await import('@/lib/placements/commands/rule-refusal')
  const { actor, roundId } = await started('whole-round-of-the-benchmark')
  const taken = await takeRound(roundId)
  assert.ok(taken !== null, 'the round is taken')
  const reading = performance.now()
  const input = await readRoundInput(taken)
  const readSeconds = secondsSince(reading)
  const { result, seconds, all } = await playTimed(input)
  assert.equal(result.certificate.gap, 0, 'the result is proved')
  const writing = performance.now()
  const suggestions = suggestionsOf(result, new Map(input.needs.map(({ need }) => [need.id, need.adults + need.childrenAges.length])))
  const { certificate, prices, persons, stopped } = result
  assert.ok(await finishRound(roundId, { suggestions, prices, certificate, persons, stopped }), 'the result is written')
  const writeSeconds = secondsSince(writing)
  const approving = performance.now()
  const key = 'all-of-the-benchmarks-round'
  const approved = await approveRound({ actor, key, requestHash: key, roundId, which: 'all', numbers: [] }, { propose: proposeMany, refusalOf })
  const approveSeconds = secondsSince(approving)
  assert.ok(approved.ok, 'the result is approved')
  await demandAllHeld(suggestions.filter(({ kind }) => kind !== null).length)
  const solveSeconds = SOLVING.reduce((sum, step) => sum + (seconds.get(step) ?? 0), 0)
  const wholeSeconds = readSeconds + all + writeSeconds + approveSeconds
  return {
    arrivals: input.needs.length, rooms: input.rooms.length, suggestions: suggestions.length, plans: approved.value.held, persons, gap: certificate.gap,
    stepSeconds: Object.fromEntries([...seconds].map(([step, spent]) => [step, round2(spent)])),
    readSeconds: round2(readSeconds), edgeSeconds: round2(seconds.get('EDGES') ?? 0), solveSeconds: round2(solveSeconds), playSeconds: round2(all),
    writeSeconds: round2(writeSeconds), approveSeconds: round2(approveSeconds), wholeSeconds: round2(wholeSeconds),
    ratioToSolve: round2(wholeSeconds / solveSeconds), ratioToPlay: round2(wholeSeconds / all),
  }
}

/** From the command to the written result, through the job and its thread, as a coordinator waits for it. */
async function click() {
  const { playRoundJob } = await import('@/lib/jobs/play-round')
  const { db } = await import('@/lib/db/client')
  const begun = performance.now()
  const { roundId } = await started('click-on-the-benchmarks-button')
  await playRoundJob({ roundId })
  const clickToResultSeconds = secondsSince(begun)
  const { state, arrivals, rooms } = await db.round.findUniqueOrThrow({ where: { id: roundId } })
  assert.equal(state, 'DONE', 'the round is done')
  return { arrivals, rooms, clickToResultSeconds: round2(clickToResultSeconds) }
}

async function measure(work: () => Promise<Record<string, unknown>>, size: { arrivals: number; rooms: number }): Promise<void> {
  await onBenchServer({ settings: QUICK, pool: 4 }, async (owner) => {
    await loadBigWorld(owner, { rooms: size.rooms, holdsPerRoom: 2, waiting: size.arrivals })
    const found = await work()
    if (json) process.stdout.write(`${JSON.stringify(found)}\n`)
    say(Object.entries(found).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', '))
    const { db } = await import('@/lib/db/client')
    await db.$disconnect()
  })
}

const asked = values.arrivals === undefined ? null : { arrivals: Number(values.arrivals), rooms: Number(values.rooms ?? Number(values.arrivals) / 4) }
const PARTS = { whole: () => measure(whole, asked ?? WHOLE), click: () => measure(click, asked ?? CLICK) }

/** One world in a process: the product's pool is made once. Last the pages while a round goes on. */
function runParts(): void {
  const [file = '', ...rest] = process.argv.slice(1)
  const parts = [...Object.keys(PARTS).map((part) => [file, ...rest, '--part', part]), [file.replace('round.ts', 'round-web.ts'), ...(json ? ['--json'] : [])]]
  for (const part of parts) {
    const { status } = spawnSync(process.execPath, [...process.execArgv, ...part], { stdio: 'inherit' })
    if (status !== 0) process.exit(1)
  }
}

if (values.part === 'whole' || values.part === 'click') await PARTS[values.part]()
else runParts()
