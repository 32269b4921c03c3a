/** How long a part goes on. A number, so that a run can be repeated; or seconds, for a slice of it. */
export type Until =
  /** `operations` of the part's own kind (commands, requests, sequences); and no end before so many `kills` of its process. */
  | { operations: number; kills: number }
  | { seconds: number }

/** From so many kills on a run is one at full length. */
const MANY_KILLS = 100

/** Whether there are kills enough that each kind of them must have been met, and each way out of doubt. */
export function isFullLength(until: Until): until is Extract<Until, { kills: number }> {
  return 'kills' in until && until.kills >= MANY_KILLS
}

export interface PartRun {
  /** Everything random in the part follows from it. */
  seed: number
  until: Until
  /** Open to the database's user, and gone after the run: for journals and logs, and with a server's data in it (`startPostgres`). */
  folder: string
  /** What the same run has done before it was cut, else done now and kept. Plain data. */
  once: <Done>(name: string, work: () => Promise<Done>) => Promise<Done>
  /** What is going on, in words for whoever watches: call it every few seconds. */
  onProgress: (words: string) => void
}

/** A named statement about the run that is true or not: one test of `npm test`. */
export interface Check {
  name: string
  ok: boolean
  /** What was found, for whoever reads why it is not. */
  found?: string
}

/** What a part came to. Lists are in words and short: the first twenty of each kind, their number beside them. */
export interface PartReport {
  name: string
  seed: number
  /** What was run, in the file a run keeps of it; files of earlier runs do without. */
  version?: string
  seconds: number
  /** Attempts of any outcome. */
  operations: number
  /** Answers OK that a client has seen: none of them may be lost. */
  acknowledged: number
  kills: { postgres: number; web: number; worker: number; backends: number }
  /** Statements I1 to I14 that do not hold, by number and in words. In the naive arm that is what is wanted. */
  violations: Counted
  /** Acknowledged and not in the database. In the control without durable commits that is what is wanted. */
  lost: Counted
  /** In the database more than once. */
  duplicated: Counted
  checks: Check[]
  /** Whatever else is worth keeping: shares, times, outcomes. Goes into the dated file as it is. */
  figures: Record<string, unknown>
}

export interface Counted {
  count: number
  first: string[]
}

const SHOWN = 20

/** A list as a report keeps it. */
export function counted(lines: readonly string[]): Counted {
  return { count: lines.length, first: lines.slice(0, SHOWN) }
}

/** One way to break things, and to see whether they hold. */
export interface Part {
  name: string
  run: (run: PartRun) => Promise<PartReport>
}
