/** Dice that fall the same way for the same seed, so that a world can be made again. */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  next: () => number
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number
  /** True for about this share of throws, 0–1. */
  is: (share: number) => boolean
  /** One of a list. @throws RangeError when it is empty. */
  pick: <One>(list: readonly One[]) => One
  /** One of a list by weight; weights are 0 or more and need not add up to anything. */
  weigh: <One>(list: readonly (readonly [One, number])[]) => One
}

/** Mulberry32: 32 bits of state, good enough for invented people, useless for secrets. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function pickFrom<One>(list: readonly One[], share: number): One {
  const found = list[Math.floor(share * list.length)]
  if (found === undefined) throw new RangeError('nothing to pick from')
  return found
}

function weighFrom<One>(list: readonly (readonly [One, number])[], share: number): One {
  let left = share * list.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [one, weight] of list) {
    left -= weight
    if (left < 0) return one
  }
  throw new RangeError('nothing to weigh')
}

/** Dice of one seed. Two purposes take two seeds, so that a throw more in one moves nothing in the other. */
export function chanceFrom(seed: number): Chance {
  const next = mulberry32(seed)
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    is: (share) => next() < share,
    pick: (list) => pickFrom(list, next()),
    weigh: (list) => weighFrom(list, next()),
  }
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0')

/** An id of version 7: sorted by the instant, the rest from the dice. */
export function newId(chance: Chance, at: Date): string {
  const time = hex(at.getTime(), 12)
  const tail = hex(chance.int(0, 0xffffff), 6) + hex(chance.int(0, 0xffffff), 6)
  const variant = hex(0x8000 + chance.int(0, 0x3fff), 4)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(chance.int(0, 0xfff), 3)}-${variant}-${tail}`
}

const ALPHABET = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')

/** Letters and digits nobody misreads: for spoken codes and the secrets of invented guests. */
export function newLetters(chance: Chance, length: number): string {
  return Array.from({ length }, () => chance.pick(ALPHABET)).join('')
}

/** A spoken code such as `K7-R2M`. */
export function newCode(chance: Chance): string {
  return `${newLetters(chance, 2)}-${newLetters(chance, 3)}`
}
