/** A handful of numbers that fast-check makes and makes smaller: zeros, and so the first of everything, at the end. */
export interface Dice {
  /** A number from 0 to `sides` - 1. */
  roll: (sides: number) => number
  /** One of a list; the first where nothing else is said. */
  pick: <T>(from: readonly [T, ...T[]]) => T
  /** One of a list that may be empty. */
  some: <T>(from: readonly T[]) => T | undefined
}

export function diceOf(numbers: readonly number[]): Dice {
  let index = 0
  const roll = (sides: number) => {
    const number = numbers[index % numbers.length] ?? 0
    index += 1
    return number % sides
  }
  const some = <T>(from: readonly T[]) => (from.length === 0 ? undefined : from[roll(from.length)])
  return { roll, some, pick: (from) => some(from) ?? from[0] }
}
