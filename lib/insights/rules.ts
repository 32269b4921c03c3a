/** Fewer people than this are never shown as a number: a number that small may be somebody. */
export const FEWEST_SHOWN = 5
/** Checks come every minute; after this many without one the watch is away. */
const LATE_AFTER_MINUTES = 5

/** A number of people for everybody's eyes, or `null` where it is too small to be shown. */
export function publicCount(count: number): number | null {
  return count < FEWEST_SHOWN ? null : count
}

/** The middle wait in minutes, or `null` while too few have been through it. */
export function publicWait({ minutes, waits }: { minutes: number | null; waits: number }): number | null {
  return waits < FEWEST_SHOWN ? null : minutes
}

/** True when a check of every minute has not come for so long that its answer is no news. */
export function isCheckLate({ at, now }: { at: Date; now: Date }): boolean {
  return now.getTime() - at.getTime() > LATE_AFTER_MINUTES * 60_000
}

/** The newest of files that are named by their day (`2026-11-23.json`), or `null`; other names are left alone. */
export function newestDated(names: readonly string[]): string | null {
  return names.filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name)).sort().at(-1) ?? null
}
