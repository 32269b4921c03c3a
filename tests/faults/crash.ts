import { END_ONE, reportOf, soakRound, type Round } from './commands'
import type { Part, PartRun, Until } from './part'
import { DURABLE, startPostgres } from './postgres'
import { seedOf } from './soak/dice'
import { judgedBy, unknownsChecks } from './unknowns'

/** Kills after which everything is checked and a new town begins. */
const KILLS_PER_ROUND = 25
const KILL_ALL = { what: 'server', fromMs: 300, untilMs: 1_500 } as const
const LONGEST_RECOVERY_MS = 30_000

// commits are answered before they are on the disk, and the disk hears of them only every ten seconds
const CARELESS = [...DURABLE.filter((setting) => !setting.startsWith('synchronous_commit')), 'synchronous_commit=off', 'wal_writer_delay=10000ms']
const CONTROL_TRIES = 4

function roundsOf(until: Until): Until[] {
  if ('seconds' in until) return [until]
  const rounds = Math.max(1, Math.ceil(until.kills / KILLS_PER_ROUND))
  return Array.from({ length: rounds }, () => ({ operations: Math.ceil(until.operations / rounds), kills: Math.ceil(until.kills / rounds) }))
}

/** No more kills than are asked for: afterwards there are operations to be done. */
const atMost = (until: Until) => ('kills' in until ? { atMost: until.kills } : {})

const sumOf = (rounds: readonly Round[], of: (round: Round) => number) => rounds.reduce((sum, round) => sum + of(round), 0)

/** SIGKILL to all processes of PostgreSQL under load, as often as it comes back; connections are ended in between. */
export const crash: Part = {
  name: 'crash',
  async run(run) {
    const postgres = await startPostgres({ folder: run.folder })
    const rounds: Round[] = []
    try {
      for (const [index, until] of roundsOf(run.until).entries()) {
        const seed = seedOf(run.seed, 'crash', index)
        rounds.push(await soakRound(run, postgres, { name: `crash_${index}`, seed, until, kill: [{ ...KILL_ALL, ...atMost(until) }, END_ONE], farAway: true }))
      }
    } finally {
      await postgres.stop()
    }
    const report = reportOf('crash', run.seed, rounds)
    const recoveries = rounds.flatMap((round) => round.recoveries)
    const longest = Math.max(0, ...recoveries)
    const unknowns = {
      committed: sumOf(rounds, (round) => round.unknowns.committed), notCommitted: sumOf(rounds, (round) => round.unknowns.notCommitted),
    }
    return {
      ...report,
      checks: [...report.checks, ...unknownsChecks(unknowns, run.until),
        { name: 'PostgreSQL takes connections again within 30 s', ok: recoveries.length > 0 && longest < LONGEST_RECOVERY_MS, found: `${longest} ms` }],
      figures: { ...report.figures, unknownsJudged: judgedBy(unknowns), recoveryMs: { longest, median: [...recoveries].sort((one, other) => one - other)[recoveries.length >> 1] ?? 0 } },
    }
  },
}

async function loseSomething(run: PartRun): Promise<Round[]> {
  const rounds: Round[] = []
  for (let index = 0; index < CONTROL_TRIES && !rounds.some(({ lost }) => lost.length > 0); index += 1) {
    const postgres = await startPostgres({ folder: run.folder, settings: CARELESS })
    try {
      const seed = seedOf(run.seed, 'control', index)
      rounds.push(await soakRound(run, postgres, { name: `control_${index}`, seed, until: run.until, kill: [KILL_ALL], farAway: true, processes: 2, replay: false }))
    } finally {
      await postgres.stop()
    }
  }
  return rounds
}

/** The positive control: with commits that are not waited for, the same crash must lose something we were told. */
export const control: Part = {
  name: 'control',
  async run(run) {
    const rounds = await loseSomething(run)
    const report = reportOf('control', run.seed, rounds)
    const lost = report.lost.count
    return {
      ...report,
      // what is lost here is what was looked for
      lost: { count: 0, first: [] }, violations: { count: 0, first: [] }, duplicated: { count: 0, first: [] },
      checks: [{ name: 'without durable commits an acknowledged write is lost', ok: lost > 0, found: `${lost} after ${rounds.length} rounds` }],
      figures: { ...report.figures, lostWithoutDurableCommits: lost },
    }
  },
}
