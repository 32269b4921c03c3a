import { join } from 'node:path'
import { byStatement } from './checks'
import { judge, type Verdict } from './judge'
import { counted, type Part, type PartReport, type PartRun, type Until } from './part'
import { startPostgres, type Postgres } from './postgres'
import { TOWN } from './soak/crowd'
import { seedOf } from './soak/dice'
import { buildTown } from './soak/town'
import { soakUnder, type UnderFault, type UnderReport } from './soak/under'

/** One database after the other: each with a seed of its own, so that a round can be repeated alone. */
const ROUND = 50_000
export const END_ONE = { what: 'backends', fromMs: 100, untilMs: 300 } as const
const LEAST_SHARE_OK = 0.4
/** More than a few of a hundred thousand answers in other words than a refusal would be a defect somewhere. */
/** `deed: outcome`. No key comes with two requests here, so nobody may hear that it did. */
const NAMED = /^[^:]+: (?!KEY_REUSED$)(OK|[A-Z_]+)$/

export interface Round extends UnderReport, Verdict {
  seed: number
}

function roundsOf(until: Until): Until[] {
  if ('seconds' in until) return [until]
  const rounds = Math.max(1, Math.ceil(until.operations / ROUND))
  return Array.from({ length: rounds }, () => ({ operations: Math.ceil(until.operations / rounds), kills: Math.ceil(until.kills / rounds) }))
}

/** A town, a soak in it while somebody breaks the database, and everything that can be said about it afterwards. */
export async function soakRound(
  run: PartRun, postgres: Postgres, { name, replay = true, ...how }: Pick<UnderFault, 'seed' | 'until' | 'kill' | 'farAway' | 'processes'> & { name: string; replay?: boolean },
): Promise<Round> {
  const town = await buildTown(postgres, name, TOWN)
  const report = await soakUnder({ postgres, ...town, ...how, folder: join(run.folder, name), onProgress: run.onProgress })
  run.onProgress(`${report.operations} operations done, now the statements about them`)
  const verdict = await judge(town.connectionString, await report.journal(), { replay })
  return { seed: how.seed, ...report, ...verdict }
}

const sum = (rounds: readonly Round[], of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0)

function tallyOf(rounds: readonly Round[]): Record<string, number> {
  const tally: Record<string, number> = {}
  for (const round of rounds) {
    for (const [line, times] of Object.entries(round.tally)) tally[line] = (tally[line] ?? 0) + times
  }
  return tally
}

/** What several rounds came to, as a part reports it. */
export function reportOf(name: string, seed: number, rounds: readonly Round[]): PartReport {
  const tally = tallyOf(rounds)
  const [operations, acknowledged] = [sum(rounds, (round) => round.operations), sum(rounds, (round) => round.acknowledged)]
  const violations = rounds.flatMap((round) => round.violations.map((line) => `${line} (seed ${round.seed})`))
  const unnamed = Object.entries(tally).filter(([line]) => !NAMED.test(line))
  const share = acknowledged / Math.max(1, operations)
  return {
    name, seed, operations, acknowledged,
    seconds: sum(rounds, (round) => round.seconds),
    kills: { postgres: sum(rounds, ({ kills }) => kills.server), web: 0, worker: 0, backends: sum(rounds, ({ kills }) => kills.backends) },
    violations: counted(violations),
    lost: counted(rounds.flatMap((round) => round.lost)),
    duplicated: counted(rounds.flatMap((round) => round.duplicated)),
    checks: [
      { name: 'every answer is a yes or a refusal with a name', ok: unnamed.length === 0, found: JSON.stringify(unnamed.slice(0, 5)) },
      { name: `at least ${LEAST_SHARE_OK * 100} % of the answers are yes`, ok: share >= LEAST_SHARE_OK, found: String(share) },
    ],
    figures: {
      seeds: rounds.map((round) => round.seed), shareOk: share, tally,
      unknown: { committed: sum(rounds, (round) => round.unknowns.committed), notCommitted: sum(rounds, (round) => round.unknowns.notCommitted) },
      violationsByStatement: byStatement(violations),
    },
  }
}

/** Through the commands, while connections are ended every 100 to 300 ms. */
export const commands: Part = {
  name: 'commands',
  async run(run) {
    const postgres = await startPostgres({ folder: run.folder })
    const rounds: Round[] = []
    try {
      for (const [index, until] of roundsOf(run.until).entries()) {
        const seed = seedOf(run.seed, 'commands', index)
        const name = `commands_${index}`
        rounds.push(await run.once(name, () => soakRound(run, postgres, { name, seed, until, kill: [END_ONE] })))
      }
    } finally {
      await postgres.stop()
    }
    const report = reportOf('commands', run.seed, rounds)
    const { backends } = report.kills
    return { ...report, checks: [...report.checks,
      { name: 'connections were ended all the time', ok: backends >= report.seconds, found: `${backends} in ${report.seconds} s` }] }
  },
}
