import 'server-only'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { dropLetters } from '@/lib/notifications/commands'

const AT_ONCE = 50
const ROUNDS = 500
const OVERDUE_LIMIT = 500

/** Closes stays whose end nobody recorded, one transaction per arrival: one that fails keeps no other from ending. */
async function closeOverdue(): Promise<number> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select distinct arrival_id::text as id from placement join home on home.id = placement.home_id
    where state in ('CONFIRMED', 'ARRIVED') and until_date + 7 < city_today(home.city_id) limit ${OVERDUE_LIMIT}`
  let failed = 0
  for (const { id } of due) {
    try {
      await withRetry(() => db.$queryRaw`select close_overdue(${id}::uuid)`)
    } catch (error) {
      failed += 1
      log.error({ arrivalId: id, err: error }, 'an overdue stay was not closed')
    }
  }
  if (due.length > 0) log.info({ arrivals: due.length - failed }, 'overdue stays closed')
  return failed
}

async function eraseDue(): Promise<void> {
  let erased = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await withRetry(() => db.$queryRaw<{ id: string }[]>`select erase_due(${AT_ONCE}::int)::text as id`)
    if (rows.length === 0) break
    for (const { id } of rows) await dropLetters(id)
    erased += rows.length
  }
  log.info({ erased }, 'erased')
}

/**
 * Every hour: closes what nobody recorded, then erases what is due, a part at a time. Started again after a crash it
 * goes on where it was.
 *
 * @throws Error when a stay could not be closed, after everything else is done, so that the queue tries again.
 */
export async function eraseJob(): Promise<void> {
  const failed = await closeOverdue()
  await eraseDue()
  if (failed > 0) throw new Error(`${String(failed)} overdue stays were not closed`)
}
