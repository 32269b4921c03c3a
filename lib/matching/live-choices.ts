import type { Policy } from './policy'
import type { Waiting } from './round-market'
import { bestOption, inRank, scaleFor, worthOf, type Option, type Slot } from './round-slots'

/**
 * What a party could have, in numbers: a large city has millions of choices, and an object for each would need more memory
 * than a thread has. What exactly a slot has for the party is worked out again when somebody asks.
 */
export interface Choices {
  /** Numbers of slots, rising. */
  slots: Int32Array
  /** How well each fits, as `worthOf` weighs. */
  worths: Int32Array
}

/** Every slot of these that can take a party. @param numbers of slots, rising. */
export function choicesOf(party: Waiting, { slots, numbers }: { slots: readonly Slot[]; numbers: Iterable<number> }, policy: Policy): Choices {
  const scale = scaleFor([party], policy)
  const [fitting, worths]: [number[], number[]] = [[], []]
  for (const number of numbers) {
    const option = bestOption(slots[number] as Slot, party, policy)
    if (option === null) continue
    fitting.push(number)
    worths.push(worthOf(option, scale))
  }
  return { slots: Int32Array.from(fitting), worths: Int32Array.from(worths) }
}

/**
 * The choices after some hosts changed.
 *
 * @param moved the new number of each slot, -1 where it is gone; what stays, stays in its order.
 * @param fresh choices among the slots that are new.
 */
export function joinChoices({ slots, worths }: Choices, moved: Int32Array, fresh: Choices): Choices {
  const joined = { slots: new Int32Array(slots.length + fresh.slots.length), worths: new Int32Array(slots.length + fresh.slots.length) }
  let [count, next] = [0, 0]
  const put = (slot: number, worth: number) => {
    joined.slots[count] = slot
    joined.worths[count] = worth
    count += 1
  }
  const putFreshBefore = (slot: number) => {
    for (; next < fresh.slots.length && (fresh.slots[next] as number) < slot; next += 1) put(fresh.slots[next] as number, fresh.worths[next] as number)
  }
  for (let index = 0; index < slots.length; index += 1) {
    const slot = moved[slots[index] as number] as number
    if (slot < 0) continue
    putFreshBefore(slot)
    put(slot, worths[index] as number)
  }
  putFreshBefore(Infinity)
  return { slots: joined.slots.subarray(0, count), worths: joined.worths.subarray(0, count) }
}

/** The best for a party alone, first in rank; `null` when nothing fits. */
export function bestAlone(party: Waiting, { slots: numbers, worths }: Choices, { slots, policy }: { slots: readonly Slot[]; policy: Policy }): Option | null {
  let most = -Infinity
  for (const worth of worths) most = Math.max(most, worth)
  let best: Option | null = null
  for (let index = 0; index < numbers.length; index += 1) {
    if (worths[index] !== most) continue
    const option = bestOption(slots[numbers[index] as number] as Slot, party, policy)
    if (option && (best === null || inRank(option, best) < 0)) best = option
  }
  return best
}
