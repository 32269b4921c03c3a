import 'server-only'
import type { z } from 'zod'
import type { AuditEvent } from '@/lib/audit/schema'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Nights } from '@/lib/time/nights'

/** Why a host's change was not made. Nothing was written. */
export type ChangeRefusal =
  | 'STALE_VERSION' | 'NIGHTS_HELD' | 'BEDS_HELD' | 'ROOM_HELD' | 'WOMEN_SEEN_AT_VISIT' | 'DISTRICT_ELSEWHERE'
  | 'OPENING_TOO_LONG' | 'TOO_MANY_ROOMS' | 'TOO_MANY_HOMES' | 'OFFER_CLOSED' | 'NIGHTS_PAST' | 'NIGHTS_TOO_FAR' | 'HOME_OCCUPIED' | 'GUESTS_NEED_WOMEN'

/** Nights a refusal is about, for the screen to name. */
export interface ChangeDetail {
  nights: Nights[]
}

/** Leaves a transaction with a refusal: everything is rolled back and the key stays free. */
export class Refused extends Error {
  constructor(readonly reason: ChangeRefusal, readonly nights: Nights[] = []) {
    super(reason)
    this.name = 'Refused'
  }
}

/** What every change carries: who, and the key of the form with the hash of its request. */
export interface Change {
  /** As `actorLabel` names it. */
  actor: string
  /** Whose key it is, where that is not the actor's. */
  holder?: string
  key: string
  requestHash: string
}

interface Work {
  change: Change
  operation: string
  event: AuditEvent
}

export type Changed<Value> =
  | { ok: true; value: Value; replayed: boolean }
  | { ok: false; reason: ChangeRefusal | 'KEY_REUSED'; detail: ChangeDetail }

/**
 * One change of a host's own rows: once per key, in one transaction, with its audit event in the last statement.
 *
 * @param work answers ids only; they are kept for replays and stand in the audit trail.
 */
export async function writeOnce<Schema extends z.ZodType<Record<string, string>>>(
  { change, operation, event }: Work, schema: Schema, work: (tx: Tx) => Promise<z.infer<Schema>>,
): Promise<Changed<z.infer<Schema>>> {
  try {
    const answer = await inTransaction((tx) => once({ tx, ...change, operation }, schema, async () => {
      const value = await work(tx)
      return { value, event: { action: event, subject: value } }
    }))
    return answer.ok ? answer : { ok: false, reason: answer.reason, detail: { nights: [] } }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, reason: error.reason, detail: { nights: error.nights } }
  }
}

/** Stops unless the row is there and of this version. A row of another host is not there. */
export function requireVersion<Row extends { version: number }>(row: Row | null | undefined, version: number): Row {
  if (!row) throw new AppError('NOT_FOUND')
  if (row.version !== version) throw new Refused('STALE_VERSION')
  return row
}
