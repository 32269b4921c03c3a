import type { Unknowns } from '../unknowns'
import type { Answered } from './insist'
import type { Stage } from './stage'

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

/** Keys that were acknowledged and are not in the database. */
export async function missingKeys({ rows }: Pick<Stage, 'rows'>, known: ReadonlySet<string>): Promise<string[]> {
  const kept = new Set((await rows('select key from idempotency_key')).map(({ key }) => String(key)))
  return [...known].filter((key) => !kept.has(key)).map((key) => `acknowledged and not in the database: ${key}`)
}
