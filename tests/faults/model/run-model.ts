import fc from 'fast-check'
import { Client } from 'pg'
import { diceOf } from './dice'
import { perform, HOST_ACTS, type Form, type Said } from './perform'
import { differenceOf, PICTURE, pictureOf } from './picture'
import { predict, type Act } from './predict'
import { actsOf, SCENE_NAMES, SCENES, type SceneName } from './scenes'
import { makeTown, type Town } from './town'
import { copyOf, type World } from './world'

export interface ModelRun {
  /** A database of its own, migrated: while a sequence goes on, it keeps everybody else's writes waiting. */
  connectionString: string
  sequences: number
  seed: number
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

interface Drawn {
  scene: SceneName
  dice: readonly number[]
  /** Whether the form comes again afterwards: as it was, or with its key and another request. */
  again: 'no' | 'same' | 'other'
}

const LONGEST = 26
const DICE = 14
const SHOW_EVERY = 100

const drawn: fc.Arbitrary<Drawn> = fc.record({
  scene: fc.oneof(...SCENE_NAMES.map((name) => ({ weight: SCENES[name][0], arbitrary: fc.constant(name) }))),
  dice: fc.array(fc.nat(839), { minLength: DICE, maxLength: DICE }),
  again: fc.oneof({ weight: 14, arbitrary: fc.constant('no' as const) }, { weight: 1, arbitrary: fc.constantFrom('same' as const, 'other' as const) }),
})
const sequence = fc.array(drawn, { minLength: 1, maxLength: LONGEST, size: 'max' })

/** Model and database are of two minds. */
class Disagreement extends Error {}

/** One sequence on one connection, in a transaction that is taken back: each begins in the same town. */
class Rehearsal {
  commands = 0
  private readonly told: string[] = []
  private keys = 0

  constructor(private readonly client: Client, private readonly town: Town, private readonly count: (line: string) => void,
    readonly world: World = copyOf(town.world)) {}

  async play(draws: readonly Drawn[]): Promise<void> {
    for (const { scene, dice, again } of draws) {
      for (const act of actsOf(scene, { world: this.world, town: this.town, dice: diceOf(dice) })) await this.step(act, again)
    }
  }

  private async step(act: Act, again: Drawn['again']): Promise<void> {
    this.keys += 1
    const form = { key: `model-key-${String(this.keys).padStart(8, '0')}`, hash: 'asked' }
    const said = await this.ask(act, form)
    this.compareAnswers(act, said, predict(this.world, withIds(act, said)))
    if (again !== 'no' && said.code === 'OK' && isKeyed(act)) await this.repeat(act, form, { said, again })
    await this.compareWorlds()
  }

  /** The same form once more is answered as before, another request under its key is refused; neither changes anything. */
  private async repeat(act: Act, form: Form, { said, again }: { said: Said; again: Drawn['again'] }): Promise<void> {
    const repeated = await this.ask(act, again === 'same' ? form : { ...form, hash: 'asked otherwise' })
    this.compareAnswers(act, repeated, again === 'same' ? { ...said, replayed: true } : { code: 'KEY_REUSED' })
  }

  private async ask(act: Act, form: Form): Promise<Said> {
    this.commands += 1
    const said = await perform(this.client, act, form)
    this.count(`${act.operation}: ${said.code}`)
    this.told.push(`${act.operation} by ${act.actor} ${JSON.stringify(act.request)} -> ${said.code}`)
    return said
  }

  private compareAnswers(act: Act, said: Said, expected: Said): void {
    const differs = Object.entries(expected).filter(([name, value]) => JSON.stringify(said[name as keyof Said]) !== JSON.stringify(value))
    if (differs.length === 0) return
    this.disagree([`the model expects ${JSON.stringify(expected)}`, `the database says ${JSON.stringify(said)}`])
  }

  private async compareWorlds(): Promise<void> {
    const { rows } = await this.client.query<{ line: string }>({ text: PICTURE, values: [[this.town.cityId]], name: 'picture' })
    const difference = differenceOf(pictureOf(this.world), rows.map(({ line }) => line))
    if (difference.length > 0) this.disagree(difference)
  }

  private disagree(lines: readonly string[]): never {
    throw new Disagreement([...this.told, ...lines].map((line) => this.inWords(line)).join('\n'))
  }

  private inWords(line: string): string {
    const names = new Map(this.town.names)
    ;[...this.world.plans.keys()].forEach((id, index) => names.set(id, `plan ${index + 1}`))
    ;[...this.world.placements.keys()].forEach((id, index) => names.set(id, `stay ${index + 1}`))
    return line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id)
  }
}

const UNKEYED = ['arrival.ask', 'host.seen', 'host.expire', 'home.address', 'home.visited', 'room.change', 'opening.offer', 'opening.close',
  'plan.lapse', 'plan.remind', 'night.passes', 'deadline.passes', 'approvals.turn']

function isKeyed({ operation }: Act): boolean {
  return !UNKEYED.includes(operation)
}

function withIds(act: Act, { planId = '', placementIds = [] }: Said): Act {
  if (act.operation !== 'plan.propose') return act
  return { ...act, request: { ...act.request, made: { planId, placementIds } } }
}

/**
 * Throws sequences of acts at the model and at the database, and compares every answer and everything they did. What
 * they disagree on is made as short as it can be. The same seed makes the same sequences.
 */
export async function runModel({ connectionString, sequences, seed, onProgress }: ModelRun): Promise<ModelReport> {
  const client = new Client({ connectionString })
  await client.connect()
  const answers: Record<string, number> = {}
  const count = (line: string) => { answers[line] = (answers[line] ?? 0) + 1 }
  let [commands, played] = [0, 0]
  try {
    await client.query(HOST_ACTS)
    const town = await makeTown(client, await freeName(client))
    const property = fc.asyncProperty(sequence, async (draws) => {
      await client.query('begin')
      const rehearsal = new Rehearsal(client, { ...town, world: { ...town.world, now: await clockOf(client) } }, count)
      try {
        await rehearsal.play(draws)
      } finally {
        await client.query('rollback')
        commands += rehearsal.commands
        played += 1
        if (played % SHOW_EVERY === 0) onProgress?.(played)
      }
    })
    const result = await fc.check(property, { numRuns: sequences, seed })
    return { sequences: result.numRuns, commands, counterexample: result.failed ? wordsOf(result.errorInstance) : null, seed, answers }
  } finally {
    await client.end()
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Disagreement ? error.message : `the run broke off: ${error instanceof Error ? error.stack ?? error.message : String(error)}`
}

async function clockOf(client: Client): Promise<number> {
  const { rows: [row] } = await client.query<{ now: string }>('select round(extract(epoch from now()) * 1000)::text as now')
  return Number(row?.now)
}

/** A town that is not there yet: a second run in the same database has a second town. */
async function freeName(client: Client): Promise<string> {
  const { rows: [row] } = await client.query<{ count: number }>(`select count(*)::int as count from city where id like 'model-town-%'`)
  return `model-town-${'abcdefghijklmnopqrstuvwxyz'.charAt(row?.count ?? 0)}`
}
