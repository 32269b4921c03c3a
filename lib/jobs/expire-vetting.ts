import 'server-only'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { log } from '@/lib/log'

const AT_ONCE = 500

async function expire(hostId: string): Promise<boolean> {
  try {
    await withRetry(() => db.$queryRaw`select expire_vetting(${hostId}::uuid)`)
    return true
  } catch (error) {
    log.error({ host: hostId, err: error }, 'vetting not ended')
    return false
  }
}

/**
 * Every hour: takes the vetting of each host away whose checks have run out. One transaction per host; one that fails
 * holds up no other.
 *
 * @throws Error at the end when one has failed, so that the queue shows it and tries again.
 */
export async function expireVettingJob(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select id from host where state = 'VETTED' and vetted_until <= current_date + 1 and is_vetting_over(host)
    order by vetted_until, id limit ${AT_ONCE}::int`
  let failed = 0
  for (const { id } of due) failed += (await expire(id)) ? 0 : 1
  if (due.length > 0) log.info({ hosts: due.length - failed, failed }, 'vettings ended')
  if (failed > 0) throw new Error(`${failed} vettings could not be ended`)
}
