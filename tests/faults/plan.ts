import { commands } from './commands'
import { control, crash } from './crash'
import { frozen } from './frozen'
import { http } from './http/http'
import { web } from './http/web-part'
import { model } from './model-part'
import { naive } from './naive'
import type { Part, Until } from './part'
import { races } from './races-part'
import { server } from './server'

/** A part with its length at full and in the short form of `npm test`, and its share of a slice of some seconds. */
export interface Planned {
  part: Part
  full: Until
  /** Null: another part does the same in less time. */
  short: Until | null
  slice: Slice | null
  /** True: it waits more than it works, and goes on beside the part after it unless everything runs at full length. */
  beside?: boolean
}

export interface Slice {
  /** Of the time that is left for load, in parts. */
  weight: number
  /** Seconds beside its load: processes that start, checks at the end. */
  overheadSeconds: number
  /** A length that says something, whatever the time. */
  fixed?: Until
}

/** Everything, in the order in which it runs: one after the other, because the machine is measured too. */
export const PLAN: readonly Planned[] = [
  { part: frozen, full: { operations: 1, kills: 0 }, short: { operations: 1, kills: 0 }, slice: { weight: 0, overheadSeconds: 0 }, beside: true },
  { part: naive, full: { operations: 4_000, kills: 0 }, short: { operations: 2_200, kills: 0 }, slice: { weight: 0, overheadSeconds: 4, fixed: { operations: 1_600, kills: 0 } }, beside: true },
  { part: model, full: { operations: 10_000, kills: 0 }, short: null, slice: { weight: 1, overheadSeconds: 2 } },
  { part: races, full: { operations: 0, kills: 0 }, short: null, slice: { weight: 0, overheadSeconds: 4 } },
  { part: commands, full: { operations: 1_000_000, kills: 0 }, short: null, slice: null },
  { part: crash, full: { operations: 20_000, kills: 200 }, short: { operations: 18_500, kills: 10 }, slice: { weight: 5, overheadSeconds: 5 } },
  { part: control, full: { operations: 0, kills: 2 }, short: { operations: 0, kills: 1 }, slice: { weight: 0, overheadSeconds: 6, fixed: { operations: 0, kills: 1 } } },
  { part: http, full: { operations: 50_000, kills: 0 }, short: { operations: 1_500, kills: 0 }, slice: { weight: 3, overheadSeconds: 5 } },
  { part: web, full: { operations: 0, kills: 200 }, short: { operations: 0, kills: 10 }, slice: { weight: 2, overheadSeconds: 4 } },
  { part: server, full: { operations: 0, kills: 0 }, short: null, slice: null },
]
