import fc from 'fast-check'
import { Client } from 'pg'
import { HOST_ACTS } from './perform'
import { prologue } from './prologue'
import { Disagreement, Rehearsal, type Drawn } from './rehearsal'
import { SCENE_NAMES, SCENES } from './scenes'
import { makeTown, type Town } from './town'

export interface ModelRun {
  /** A database of its own, migrated: while a sequence goes on, it keeps everybody else's writes waiting. */
  connectionString: string
  sequences: number
  seed: number
  /** How often a sequence that failed is tried shorter; 600 where nothing is said. */
  shorterTries?: number
  /** Called now and then with the number of sequences done. */
  onProgress?: (sequences: number) => void
}

export interface ModelReport {
  sequences: number
  commands: number
  /** The shortest sequence on which model and database disagree, in words; null where there is none. */
  counterexample: string | null
  seed: number
  /** How often each operation was answered how: a run that only ever hears refusals proves little. */
  answers: Record<string, number>
}

const LONGEST = 20
const DICE = 10
const SHOW_EVERY = 100

const drawn: fc.Arbitrary<Drawn> = fc.record({
  scene: fc.oneof(...SCENE_NAMES.map((name) => ({ weight: SCENES[name][0], arbitrary: fc.constant(name) }))),
  dice: fc.array(fc.nat(839), { minLength: DICE, maxLength: DICE }),
  again: fc.oneof({ weight: 14, arbitrary: fc.constant('no' as const) }, { weight: 1, arbitrary: fc.constantFrom('same' as const, 'other' as const) }),
})
/** Half of all sequences begin where nobody has been placed yet, half in the middle of things. */
const sequence = fc.record({
  isLivedIn: fc.boolean(), draws: fc.array(drawn, { minLength: 1, maxLength: LONGEST, size: 'max' }),
})

/**
 * Throws sequences of acts at the model and at the database, and compares every answer and everything they did. What
 * they disagree on is made as short as it can be. The same seed makes the same sequences.
 */
export async function runModel({ connectionString, sequences, seed, shorterTries = 600, onProgress }: ModelRun): Promise<ModelReport> {
  const client = new Client({ connectionString })
  await client.connect()
  const answers: Record<string, number> = {}
  const stage = { client, count: (line: string) => { answers[line] = (answers[line] ?? 0) + 1 } }
  let [commands, played, tries] = [0, 0, 0]
  try {
    // the same few statements ten thousand times: planning them each time takes longer than they do
    await client.query(`set plan_cache_mode = force_generic_plan; ${HOST_ACTS}`)
    const quiet = await makeTown(client, await freeName(client))
    const livedIn = await liveIn(stage, await makeTown(client, await freeName(client)))
    const property = fc.asyncProperty(sequence, async ({ isLivedIn, draws }) => {
      // short enough: a run that passes is not made shorter any more
      if (tries > shorterTries) return
      if (tries > 0) tries += 1
      commands += await rehearse({ ...stage, town: isLivedIn ? livedIn : quiet }, draws).catch((error: unknown) => {
        tries = Math.max(tries, 1)
        throw error
      })
      played += 1
      if (played % SHOW_EVERY === 0) onProgress?.(played)
    })
    const result = await fc.check(property, { numRuns: sequences, seed })
    return { sequences: result.numRuns, commands, counterexample: result.failed ? wordsOf(result.errorInstance) : null, seed, answers }
  } catch (error) {
    return { sequences: 0, commands, counterexample: wordsOf(error), seed, answers }
  } finally {
    await client.end()
  }
}

interface Stage {
  client: Client
  town: Town
  count: (line: string) => void
}

/** One sequence, taken back afterwards: the next begins in the same town. Answers how many commands it was. */
async function rehearse(stage: Stage, draws: readonly Drawn[]): Promise<number> {
  const rehearsal = await begin(stage)
  try {
    await rehearsal.play(draws)
    return rehearsal.commands
  } finally {
    await stage.client.query('rollback')
  }
}

async function begin(stage: Stage): Promise<Rehearsal> {
  const { rows: [row] } = await stage.client.query<{ now: string }>(`begin; select round(extract(epoch from now()) * 1000)::text as now`)
    .then((results) => (Array.isArray(results) ? results : [results]).at(-1) as { rows: { now: string }[] })
  return new Rehearsal({ ...stage, now: Number(row?.now) })
}

/** The same town after its prologue, in which some are asked, some have agreed and some are there. */
async function liveIn(stage: Omit<Stage, 'town'>, town: Town): Promise<Town> {
  const rehearsal = await begin({ ...stage, town })
  for (const scene of prologue(town)) await rehearsal.step(scene(rehearsal.world))
  await stage.client.query('commit')
  return { ...town, world: rehearsal.world }
}

function wordsOf(error: unknown): string {
  return error instanceof Disagreement ? error.message : `the run broke off: ${error instanceof Error ? error.stack ?? error.message : String(error)}`
}

/** A town that is not there yet: a second run in the same database has towns of its own. */
async function freeName(client: Client): Promise<string> {
  const { rows: [row] } = await client.query<{ count: number }>(`select count(*)::int as count from city where id like 'model-town-%'`)
  return `model-town-${String(row?.count ?? 0).padStart(2, '0').replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`
}
