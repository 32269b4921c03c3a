import 'server-only'
import type { Tx } from '@/lib/db/transaction'

/** The parties whose suggested place in a round was lost when it was approved. */
export async function readLostArrivals(tx: Pick<Tx, '$queryRaw'>, roundId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct unnest(arrival_ids)::text as id from suggestion where round_id = ${roundId}::uuid and state = 'LOST' order by 1`
  return rows.map(({ id }) => id)
}
