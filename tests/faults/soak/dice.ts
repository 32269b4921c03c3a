import { createHash } from 'node:crypto'

/** Dice with a seed, so that a run can be thrown again. */
export interface Dice {
  /** A whole number from 0, below `sides`. */
  roll: (sides: number) => number
  /** True once in so many times. */
  once: (times: number) => boolean
  pick: <T>(from: readonly T[]) => T
  /** A key nobody else throws: hexadecimal, 128 bits. */
  key: () => string
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  let keys = 0
  const roll = (sides: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) % sides
  }
  const pick = <T>(from: readonly T[]): T => {
    const found = from[roll(from.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }
  const key = () => createHash('sha256').update(`${seed}:${(keys += 1)}`).digest('hex').slice(0, 32)
  return { roll, once: (times) => roll(times) === 0, pick, key }
}

/** The seed of one of several: far from its neighbours', and the same every time. */
export function seedOf(seed: number, ...which: (string | number)[]): number {
  return createHash('sha256').update([seed, ...which].join(':')).digest().readUInt32BE(0)
}
