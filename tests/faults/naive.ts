import { join } from 'node:path'
import { byStatement, listViolations } from './checks'
import { makeNaive } from './naive-database'
import type { Part } from './part'
import { startPostgres, withClient } from './postgres'
import { RUSH } from './soak/crowd'
import { seedOf } from './soak/dice'
import { buildTown } from './soak/town'
import { soakUnder } from './soak/under'

/** Proposals of one process go together and do not meet (ADR 0024): rivals are in different ones. */
const PROCESSES = 8

/** The same soak without locks and constraints, in a crowded house: it must go wrong, or the harness is blind. */
export const naive: Part = {
  name: 'naive',
  async run(run) {
    const postgres = await startPostgres({ folder: run.folder })
    try {
      const town = await buildTown(postgres, 'naive', RUSH)
      const unlocked = await withClient(town.connectionString, makeNaive)
      const seed = seedOf(run.seed, 'naive')
      const report = await soakUnder({ postgres, ...town, seed, folder: join(run.folder, 'naive'), until: run.until, kill: [], processes: PROCESSES, onProgress: run.onProgress })
      const violations = byStatement(await listViolations(town.connectionString))
      const count = Object.values(violations).reduce((sum, found) => sum + found, 0)
      return {
        name: 'naive', seed: run.seed, seconds: report.seconds, operations: report.operations, acknowledged: report.acknowledged,
        kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
        violations: { count: 0, first: [] }, lost: { count: 0, first: [] }, duplicated: { count: 0, first: [] },
        checks: [
          { name: 'without them a night is promised twice', ok: (violations['I1'] ?? 0) > 0, found: JSON.stringify(violations) },
        ],
        figures: { naiveViolations: count, violationsByStatement: violations, functionsUnlocked: unlocked, tally: report.tally },
      }
    } finally {
      await postgres.stop()
    }
  },
}
