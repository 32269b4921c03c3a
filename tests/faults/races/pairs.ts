import { ACTS, THINGS, type RaceAct, type Thing } from './acts'
import type { Before, Setting } from './stage'

/** Two transitions that meet, the thing they meet over, and how far the stay has come. */
export interface Pair {
  one: RaceAct
  other: RaceAct
  on: Thing
  setting: Setting
}

const ORDER: readonly Before[] = ['PROPOSED', 'CONFIRMED', 'ARRIVED']

/** As early as either needs it: the later of the two is refused then, or comes right after what it waits for. */
function beforeOf({ one, other }: Pick<Pair, 'one' | 'other'>): Before {
  const needed = [one.needs, other.needs].filter((before) => before !== null)
  return ORDER.find((before) => needed.some((need) => need === before)) ?? 'FREE'
}

function settingOf(pair: Pick<Pair, 'one' | 'other'>): Setting {
  const given = [pair.one.gives, pair.other.gives].filter((gives) => gives !== undefined)
  const before = beforeOf(pair)
  // a proposal that nobody is about to complete waits for the host
  const missing = before === 'PROPOSED' && given.length === 0 ? ['HOST' as const] : given
  const isOver = pair.one.ends ?? pair.other.ends ?? false
  return { before, missing, asked: before === 'ARRIVED' && (pair.one.answers ?? pair.other.answers ?? false), isOver }
}

function sharedBy({ one, other }: Pick<Pair, 'one' | 'other'>): Thing | undefined {
  const isForRivals = (one.forRivals ?? other.forRivals ?? false) && (one === other || beforeOf({ one, other }) !== 'FREE')
  const things = THINGS.filter((thing) => thing !== 'arrival' || !isForRivals)
  return things.find((thing) => one.touches.includes(thing) && other.touches.includes(thing))
}

/** Every two transitions that share a thing, each with itself too. */
export function listPairs(): Pair[] {
  return ACTS.flatMap((one, index) => ACTS.slice(index).flatMap((other) => {
    const on = sharedBy({ one, other })
    return on === undefined ? [] : [{ one, other, on, setting: settingOf({ one, other }) }]
  }))
}
