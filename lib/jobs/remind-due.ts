import 'server-only'
import { db } from '@/lib/db/client'
import { remindPlan } from '@/lib/placements/commands/clock'
import { eachDue, type Told } from './each-due'

/** Every minute: half of a plan's time is over, and each side that has not answered is reminded, once. */
export async function remindDueJob(_payload?: unknown, told?: Told): Promise<void> {
  await eachDue({
    what: 'plan',
    done: 'reminded',
    due: ({ limit, failed }) => db.$queryRaw<{ id: string }[]>`
      select id from plan where remind_at <= now() and id <> all (${failed}::uuid[]) order by remind_at limit ${limit}::int`,
    work: remindPlan,
  }, told)
}
