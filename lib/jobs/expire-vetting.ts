import 'server-only'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { eachDue, type Told } from './each-due'

/** Every hour, and when a worker starts that missed an hour: takes the vetting of each host away whose checks have run out. */
export async function expireVettingJob(_payload?: unknown, told?: Told): Promise<void> {
  await eachDue({
    what: 'vetting',
    done: 'ended',
    due: ({ limit, failed }) => db.$queryRaw<{ id: string }[]>`
      select id from host where state = 'VETTED' and vetted_until <= current_date + 1 and is_vetting_over(host) and id <> all (${failed}::uuid[])
      order by vetted_until, id limit ${limit}::int`,
    work: (hostId) => withRetry(() => db.$queryRaw`select expire_vetting(${hostId}::uuid)`),
  }, told)
}
