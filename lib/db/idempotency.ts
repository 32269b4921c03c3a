import 'server-only'
import { z } from 'zod'
import type { AuditEvent } from '@/lib/audit/schema'
import { hashSecret } from '@/lib/privacy/secret'
import { Prisma } from './generated/client'
import type { Tx } from './transaction'

const storedSchema = z.looseObject({ code: z.string(), replayed: z.boolean().optional(), value: z.unknown().optional() })

/** Who does what under which key. The key is bound to actor, operation and request. */
export interface Once {
  tx: Tx
  actor: string
  /** Whose key it is, where that is not the actor's: a draft keeps its key, whoever signs in on its browser. */
  holder?: string | undefined
  key: string
  operation: string
  requestHash: string
}

/** The first answer, a replay of it, or `KEY_REUSED` when the key came with another request. */
export type OnceAnswer<Value> = { ok: true; value: Value; replayed: boolean } | { ok: false; reason: 'KEY_REUSED' }

/** What a change did, as it stands in the audit trail: ids only, never what names a person. */
export interface Recorded {
  action: AuditEvent
  subject: Record<string, string | number>
}

/**
 * Does `work` once per key, inside the caller's transaction: a double click, a re-sent form and a retry after a crash
 * get the first answer again. The stored value must hold no personal data; the request is kept as a keyed hash only.
 *
 * @param work answers the event of the change beside its value, `null` where nothing happened. It goes with the
 *   answer, in the last statement, so that its number is drawn while all that was changed is locked.
 */
export async function once<Schema extends z.ZodType>(
  { tx, actor, holder = actor, key, operation, requestHash }: Once, schema: Schema,
  work: () => Promise<{ value: z.infer<Schema>; event: Recorded | null }>,
): Promise<OnceAnswer<z.infer<Schema>>> {
  const keptHash = hashSecret('request', `${operation}:${requestHash}`)
  const rows = await tx.$queryRaw<{ stored: unknown }[]>`
    select begin_once(${holder}, ${key}, ${operation}, ${keptHash}) as stored`
  const stored = rows[0]?.stored
  if (stored !== null && stored !== undefined) {
    const answer = storedSchema.parse(stored)
    if (answer.code === 'KEY_REUSED') return { ok: false, reason: 'KEY_REUSED' }
    return { ok: true, value: schema.parse(answer.value), replayed: true }
  }
  const { value, event } = await work()
  const kept = Prisma.sql`end_once(${holder}, ${key}, ${JSON.stringify({ code: 'OK', value })}::jsonb)::text`
  await tx.$queryRaw(event === null ? Prisma.sql`select ${kept}` : Prisma.sql`
    select ${kept}, add_audit(${actor}, ${event.action}, ${JSON.stringify(event.subject)}::jsonb)::text`)
  return { ok: true, value, replayed: false }
}
