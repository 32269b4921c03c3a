import { commands } from './commands'
import { control, crash } from './crash'
import { frozen } from './frozen'
import { naive } from './naive'
import type { Part, Until } from './part'

/** A part with its length at full, in the short form of `npm test`, and as a share of a slice. */
export interface Planned {
  part: Part
  full: Until
  short: Until
  /** Of the time of a slice, in parts. */
  weight: number
  /** Seconds a slice of it takes beside its load: servers and processes that start, checks at the end. */
  overheadSeconds: number
}

/** Everything, in the order in which it runs: one after the other, because the machine is measured too. */
export const PLAN: readonly Planned[] = [
  { part: naive, full: { operations: 40_000, kills: 0 }, short: { operations: 4_000, kills: 0 }, weight: 2, overheadSeconds: 3 },
  { part: commands, full: { operations: 1_000_000, kills: 0 }, short: { operations: 16_000, kills: 0 }, weight: 4, overheadSeconds: 4 },
  { part: crash, full: { operations: 0, kills: 200 }, short: { operations: 0, kills: 10 }, weight: 4, overheadSeconds: 4 },
  { part: control, full: { operations: 0, kills: 2 }, short: { operations: 0, kills: 2 }, weight: 1, overheadSeconds: 5 },
  { part: frozen, full: { operations: 1, kills: 0 }, short: { operations: 1, kills: 0 }, weight: 0, overheadSeconds: 7 },
]
