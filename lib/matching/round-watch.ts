import type { RoundStep, RoundWatch } from './round-types'

/** Items between two reports, so that counting them does not cost more than the work. */
const PATIENCE = 16

/** The watch over one round: what is said on the way, and whether somebody asked to stop. */
export interface Watcher {
  /** Somebody has asked to stop; it stays so. */
  stopped: boolean
  /** Persons placed so far. */
  placed: number
  watch: RoundWatch
}

export function beginWatch(watch: RoundWatch): Watcher {
  return { stopped: false, placed: 0, watch }
}

/** Says how far a step is. @returns true when the round should stop. */
export function report(watcher: Watcher, step: RoundStep, done: number, of: number): boolean {
  watcher.watch.onProgress?.({ step, done, of, placed: watcher.placed })
  watcher.stopped ||= watcher.watch.shouldStop?.() ?? false
  return watcher.stopped
}

/** As `report`, at every 16th item. */
export function tick(watcher: Watcher, step: RoundStep, done: number, of: number): boolean {
  return done % PATIENCE === 0 ? report(watcher, step, done, of) : watcher.stopped
}
