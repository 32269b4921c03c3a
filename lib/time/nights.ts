import { addDays, daysBetween, earlierDay, laterDay, type Day } from './day'

/** A run of nights, half-open: the night of `from` is the first, `until` is the morning of leaving. */
export interface Nights {
  from: Day
  until: Day
}

/** The run of `count` nights that begins with the night of `from`. */
export function nightsFrom(from: Day, count: number): Nights {
  return { from, until: addDays(from, count) }
}

/** Number of nights in a run; 0 or negative when the run is empty or reversed. */
export function countNights(run: Nights): number {
  return daysBetween(run.from, run.until)
}

/** True when a run holds no night at all. */
export function isEmpty(run: Nights): boolean {
  return run.until <= run.from
}

/** True when every night of `inner` is in `outer`. An empty inner run is never covered: it asks for nothing. */
export function covers(outer: Nights, inner: Nights): boolean {
  return !isEmpty(inner) && outer.from <= inner.from && inner.until <= outer.until
}

/** True when the two runs share a night; runs that only touch do not. */
export function overlaps(one: Nights, other: Nights): boolean {
  return !isEmpty(one) && !isEmpty(other) && one.from < other.until && other.from < one.until
}

/** The nights both runs share, or `null` when they share none. */
export function sharedNights(one: Nights, other: Nights): Nights | null {
  if (!overlaps(one, other)) return null
  return { from: laterDay(one.from, other.from), until: earlierDay(one.until, other.until) }
}

/** Sorts runs and joins those that touch or overlap, so that each night stands once. */
export function mergeRuns(runs: readonly Nights[]): Nights[] {
  const sorted = runs.filter((run) => !isEmpty(run)).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: Nights[] = []
  for (const run of sorted) {
    const last = merged.at(-1)
    if (last && run.from <= last.until) last.until = laterDay(last.until, run.until)
    else merged.push({ ...run })
  }
  return merged
}

/** The nights of `offered` that no run of `taken` holds, as maximal runs in order. */
export function subtractRuns(offered: readonly Nights[], taken: readonly Nights[]): Nights[] {
  return mergeRuns(taken).reduce((free, hold) => free.flatMap((run) => cut(run, hold)), mergeRuns(offered))
}

function cut(run: Nights, hold: Nights): Nights[] {
  if (!overlaps(run, hold)) return [run]
  const parts = [
    { from: run.from, until: hold.from },
    { from: hold.until, until: run.until },
  ]
  return parts.filter((part) => !isEmpty(part))
}
