import 'server-only'
import { z } from 'zod'
import { hashSecret } from '@/lib/privacy/secret'
import type { Tx } from './transaction'

const storedSchema = z.looseObject({ code: z.string(), replayed: z.boolean().optional(), value: z.unknown().optional() })

/** Who does what under which key. The key is bound to actor, operation and request. */
export interface Once {
  tx: Tx
  actor: string
  key: string
  operation: string
  requestHash: string
}

/** The first answer, a replay of it, or `KEY_REUSED` when the key came with another request. */
export type OnceAnswer<Value> = { ok: true; value: Value; replayed: boolean } | { ok: false; reason: 'KEY_REUSED' }

/**
 * Does `work` once per key, inside the caller's transaction: a double click, a re-sent form and a retry after a crash
 * get the first answer again. The stored value must hold no personal data; the request is kept as a keyed hash only.
 */
export async function once<Schema extends z.ZodType>(
  { tx, actor, key, operation, requestHash }: Once, schema: Schema, work: () => Promise<z.infer<Schema>>,
): Promise<OnceAnswer<z.infer<Schema>>> {
  const keptHash = hashSecret('request', `${operation}:${requestHash}`)
  const rows = await tx.$queryRaw<{ stored: unknown }[]>`
    select begin_once(${actor}, ${key}, ${operation}, ${keptHash}) as stored`
  const stored = rows[0]?.stored
  if (stored !== null && stored !== undefined) {
    const answer = storedSchema.parse(stored)
    if (answer.code === 'KEY_REUSED') return { ok: false, reason: 'KEY_REUSED' }
    return { ok: true, value: schema.parse(answer.value), replayed: true }
  }
  const value = await work()
  const kept = JSON.stringify({ code: 'OK', value })
  await tx.$queryRaw`select end_once(${actor}, ${key}, ${kept}::jsonb)::text`
  return { ok: true, value, replayed: false }
}
