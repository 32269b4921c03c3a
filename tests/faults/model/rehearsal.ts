import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { diceOf } from './dice'
import { perform, type Form, type Said } from './perform'
import { differenceOf, PICTURE, pictureOf } from './picture'
import { predict, type Act } from './predict'
import { actsOf, type SceneName } from './scenes'
import type { Town } from './town'
import { copyOf, type World } from './world'

/** A scene as it was drawn. */
export interface Drawn {
  scene: SceneName
  dice: readonly number[]
  /** Whether the form comes again afterwards: as it was, or with its key and another request. */
  again: 'no' | 'same' | 'other'
}

/** Model and database are of two minds. */
export class Disagreement extends Error {}

interface Place {
  client: Client
  town: Town
  /** What the database's clock says in this transaction; the model's clock is the same. */
  now: number
  /** Called with each operation and the code it was answered with. */
  count: (line: string) => void
}

/** One sequence of acts in the model and in the database, in the transaction that is open on this connection. */
export class Rehearsal {
  commands = 0
  readonly world: World
  private readonly told: string[] = []

  constructor(private readonly place: Place) {
    this.world = { ...copyOf(place.town.world), now: place.now }
  }

  async play(draws: readonly Drawn[]): Promise<void> {
    for (const { scene, dice, again } of draws) {
      for (const act of actsOf(scene, { world: this.world, town: this.place.town, dice: diceOf(dice) })) await this.step(act, again)
    }
    await this.compareWorlds()
  }

  /**
   * One act, asked of both.
   *
   * @throws Disagreement when answers or worlds differ.
   */
  async step(act: Act, again: Drawn['again'] = 'no'): Promise<void> {
    const form = { key: randomUUID(), hash: 'asked' }
    const said = await this.ask(act, form)
    this.compareAnswers(said, predict(this.world, withIds(act, said)))
    const hasWritten = said.code === 'OK' || said.kept === true
    if (again !== 'no' && hasWritten && isKeyed(act)) await this.repeat(act, form, { said, again })
    // a refusal writes nothing; if it did, the next look will show it
    if (hasWritten) await this.compareWorlds()
  }

  /** The same form once more is answered as before, another request under its key is refused; neither changes anything. */
  private async repeat(act: Act, form: Form, { said, again }: { said: Said; again: Drawn['again'] }): Promise<void> {
    const repeated = await this.ask(act, again === 'same' ? form : { ...form, hash: 'asked otherwise' })
    this.compareAnswers(repeated, again === 'same' ? { ...said, replayed: true } : { code: 'KEY_REUSED' })
  }

  private async ask(act: Act, form: Form): Promise<Said> {
    this.commands += 1
    const said = await perform(this.place.client, act, form)
    this.place.count(`${act.operation}: ${said.code}`)
    this.told.push(`${act.operation} by ${act.actor} ${JSON.stringify(act.request)} -> ${said.code}`)
    return said
  }

  private compareAnswers(said: Said, expected: Said): void {
    const differs = Object.entries(expected).filter(([name, value]) => JSON.stringify(said[name as keyof Said]) !== JSON.stringify(value))
    if (differs.length === 0) return
    this.disagree([`the model expects ${JSON.stringify(expected)}`, `the database says ${JSON.stringify(said)}`])
  }

  private async compareWorlds(): Promise<void> {
    const { rows } = await this.place.client.query<{ line: string }>({ text: PICTURE, values: [[this.place.town.cityId]], name: 'picture' })
    const difference = differenceOf(pictureOf(this.world), rows.map(({ line }) => line))
    if (difference.length > 0) this.disagree(difference)
  }

  private disagree(lines: readonly string[]): never {
    throw new Disagreement([...this.told, ...lines].map((line) => this.inWords(line)).join('\n'))
  }

  private inWords(line: string): string {
    const names = new Map(this.place.town.names)
    ;[...this.world.plans.keys()].forEach((id, index) => names.set(id, `plan ${index + 1}`))
    ;[...this.world.placements.keys()].forEach((id, index) => names.set(id, `stay ${index + 1}`))
    const short = line.replaceAll(/"made":\{[^}]*\}|model-town-/g, '')
    return short.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id)
  }
}

const UNKEYED = ['arrival.ask', 'group.form', 'host.seen', 'host.expire', 'home.address', 'home.visited', 'room.change', 'opening.offer', 'opening.close',
  'plan.lapse', 'plan.remind', 'night.passes', 'deadline.passes', 'approvals.turn']

function isKeyed({ operation }: Act): boolean {
  return !UNKEYED.includes(operation)
}

function withIds(act: Act, said: Said): Act {
  if (act.operation === 'plan.propose') return { ...act, request: { ...act.request, made: madeOf(said) } }
  if (act.operation !== 'plan.propose-many') return act
  const proposals = act.request.proposals.map((one, index) => ({ ...one, made: madeOf(said.plans?.[index]) }))
  return { ...act, request: { proposals } }
}

function madeOf({ planId = '', placementIds = [] }: Partial<Said> = {}) {
  return { planId, placementIds }
}
