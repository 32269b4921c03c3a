import { runModel, type ModelReport } from './model/run-model'
import { counted, type Part, type PartRun } from './part'
import { freshDatabase, startPostgres } from './postgres'
import { seedOf } from './soak/dice'

// a sequence is one transaction that is rolled back: nothing of it need be on a disk
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
/** Sequences of one seed, so that a slice ends in time and a counterexample is found again quickly. */
const AT_ONCE = 100

async function play({ seed, until, onProgress }: PartRun, connectionString: string): Promise<ModelReport[]> {
  const begun = performance.now()
  const played: ModelReport[] = []
  const done = () => played.reduce((sum, { sequences }) => sum + sequences, 0)
  const isEnough = () => ('seconds' in until ? performance.now() - begun > until.seconds * 1_000 : done() >= until.operations)
  while (!isEnough() && played.every(({ counterexample }) => counterexample === null)) {
    const sequences = 'seconds' in until ? AT_ONCE : Math.min(AT_ONCE, until.operations - done())
    played.push(await runModel({ connectionString, sequences, seed: seedOf(seed, 'model', played.length) }))
    onProgress(`${done()} sequences`)
  }
  return played
}

/** Sequences of acts, drawn by chance, on the reference model and on the database: they agree on every answer and every row. */
export const model: Part = {
  name: 'model',
  async run(run) {
    const begun = performance.now()
    const postgres = await startPostgres({ folder: run.folder, settings: QUICK })
    try {
      const played = await play(run, await freshDatabase(postgres, 'model'))
      const found = played.flatMap(({ counterexample, seed }) => (counterexample === null ? [] : [`seed ${seed}: ${counterexample}`]))
      const sequences = played.reduce((sum, report) => sum + report.sequences, 0)
      return {
        name: 'model', seed: run.seed, seconds: (performance.now() - begun) / 1_000, operations: sequences, acknowledged: 0,
        kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
        violations: counted(found.map((line) => `I14 ${line}`)), lost: counted([]), duplicated: counted([]),
        checks: [{ name: 'model and database agree on every sequence', ok: found.length === 0 && sequences > 0, found: found.join('\n') }],
        figures: { sequences, commands: played.reduce((sum, { commands }) => sum + commands, 0), seeds: played.map(({ seed }) => seed) },
      }
    } finally {
      await postgres.stop()
    }
  },
}
