import 'server-only'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

/** Days after a request is over until everything that could name the guest goes. Every guest was told this number. */
const RETENTION_DAYS = 30
const AT_ONCE = 200
const ROUNDS = 500

/** Every hour: erases what is due, a part at a time. Started again after a crash it goes on where it was. */
export async function eraseJob(): Promise<void> {
  let erased = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const [row] = await db.$queryRaw<{ erased: number }[]>`select erase_due(${RETENTION_DAYS}::int, ${AT_ONCE}::int) as erased`
    if (!row || row.erased === 0) break
    erased += row.erased
  }
  log.info({ erased }, 'erased')
}
