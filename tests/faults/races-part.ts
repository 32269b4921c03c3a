import { OUR_CODE, startChild } from '../../scripts/children'
import { counted, type Part } from './part'
import { freshDatabase, startPostgres } from './postgres'
import { seedOf } from './soak/dice'

interface Raced {
  pairs: number
  /** Pairs there are, raced or not. */
  of: number
  failures: string[]
  meetings: number
  apart: number
}

/** Pairs that a slice of some seconds has time for. */
const SOME = 24

async function race(connectionString: string, args: string[]): Promise<Raced> {
  const env = { ...process.env, DATABASE_URL: connectionString, DATABASE_POOL: '10', LOG_LEVEL: 'silent' }
  return new Promise((done, fail) => {
    const child = startChild({ args: [...OUR_CODE, 'tests/faults/race-runner.ts', ...args], env, onLine: (line) => {
      if (line.startsWith('{')) done(JSON.parse(line) as Raced)
    } })
    void child.exited.then(() => { fail(new Error(`The races ended by themselves:\n${child.tail()}`)) })
  })
}

/** Every two transitions on the same placement, arrival, room or opening, started together in both orders. */
export const races: Part = {
  name: 'races',
  async run({ seed, until, folder, onProgress }) {
    const begun = performance.now()
    const postgres = await startPostgres({ folder })
    try {
      onProgress('two at a time')
      const most = 'seconds' in until ? SOME : until.operations
      const raced = await race(await freshDatabase(postgres, 'races'), [String(seedOf(seed, 'races')), String(most)])
      return {
        name: 'races', seed, seconds: (performance.now() - begun) / 1_000, operations: raced.pairs, acknowledged: 0,
        kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
        violations: counted(raced.failures), lost: counted([]), duplicated: counted([]),
        checks: [
          { name: 'two who meet come to what one after the other comes to', ok: raced.failures.length === 0 && raced.pairs > 0, found: `${raced.pairs} of ${raced.of} pairs` },
          { name: 'they met at one moment, but for a few', ok: raced.apart * 20 <= raced.meetings, found: `${raced.apart} of ${raced.meetings} apart` },
        ],
        figures: { pairs: raced.pairs, ofPairs: raced.of, meetings: raced.meetings, apart: raced.apart },
      }
    } finally {
      await postgres.stop()
    }
  },
}
