import type { Live } from './live'
import { countChoices } from './live-passes'

/** Cities in memory, bounded by the choices of all of them together. */
export interface LiveMemory {
  /** Takes a city out; nobody else has it then. */
  take: (cityId: string) => Live | undefined
  /** Keeps a city, in place of those that have not changed for longest. @returns false when it alone is too large. */
  keep: (cityId: string, live: Live) => boolean
}

/** @param most choices that are kept. Only a slot that can take a party is a choice, whatever else is free. */
export function openMemory(most: number): LiveMemory {
  /** The city that changed last at the end. */
  const known = new Map<string, { live: Live; choices: number }>()
  const take = (cityId: string) => {
    const found = known.get(cityId)
    known.delete(cityId)
    return found?.live
  }
  const keep = (cityId: string, live: Live) => {
    known.delete(cityId)
    const choices = countChoices(live.rows.values())
    if (choices > most) return false
    known.set(cityId, { live, choices })
    let all = [...known.values()].reduce((sum, one) => sum + one.choices, 0)
    for (const [oldest, one] of known) {
      if (all <= most) break
      known.delete(oldest)
      all -= one.choices
    }
    return true
  }
  return { take, keep }
}
