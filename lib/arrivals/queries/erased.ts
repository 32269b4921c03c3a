import 'server-only'
import { db } from '@/lib/db/client'

/**
 * Whether a form with this key has erased its request: then nobody is left who could press it again.
 *
 * @param requestHash of the erasing, where whoever asks chose the key: one that others use as well proves nothing.
 */
export async function wasErased(key: string, requestHash: string | null = null): Promise<boolean> {
  const rows = await db.$queryRaw<{ done: boolean }[]>`
    select true as done from idempotency_key kept join arrival on kept.actor = 'arrival:' || arrival.id
    where kept.key = ${key} and operation = 'arrival.withdraw' and answer ->> 'code' = 'OK' and erased_at is not null
      and request_hash = coalesce(${requestHash}::text, request_hash) limit 1`
  return rows.length > 0
}
