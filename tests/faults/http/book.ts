import type { Answered } from './insist'

/** What became of tries that were never answered, found out by the same key. */
export interface Unknowns {
  committed: number
  notCommitted: number
}

/** What a run over HTTP has seen so far. */
export interface Book {
  operations: number
  acknowledged: number
  /** Operations that were asked again, once for all their tries. */
  unknowns: Unknowns
  /** `name: outcome` and how often. */
  tally: Record<string, number>
  /** Why tries were lost, and how often. */
  losses: Record<string, number>
  /** Answers that must never come, in words. */
  wrong: string[]
}

export function openBook(): Book {
  return { operations: 0, acknowledged: 0, unknowns: { committed: 0, notCommitted: 0 }, tally: {}, losses: {}, wrong: [] }
}

export function count(into: Record<string, number>, name: string): void {
  into[name] = (into[name] ?? 0) + 1
}

/**
 * Writes down one operation with its answer. Of several lost tries only the last can have been written: the one before it
 * was tried again and did its work anew.
 */
export function enter(book: Book, name: string, { answer, lost }: Answered): void {
  const ok = answer.status < 300
  book.operations += 1
  if (ok) book.acknowledged += 1
  count(book.tally, `${name}: ${ok ? 'OK' : String(answer.body['code'])}`)
  if (lost === 0) return
  const committed = ok && answer.replayed ? 1 : 0
  book.unknowns.committed += committed
  book.unknowns.notCommitted += lost - committed
}

/** At least a tenth of what nobody knew was written, and a tenth was not: else the kills came at one moment only. */
export function bothHappened({ committed, notCommitted }: Unknowns): boolean {
  const tenth = (committed + notCommitted) / 10
  return committed > 0 && notCommitted > 0 && committed >= tenth && notCommitted >= tenth
}
