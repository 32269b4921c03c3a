import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import type { Policy } from '@/lib/matching/policy'
import { now } from '@/lib/time/clock'
import { cityPolicy, points } from './order'

/** Somebody who waits, with the place in the queue now and under other weights; places count from 1. */
export interface MovedParty {
  id: string
  code: string
  nickname: string
  before: number
  after: number
}

/**
 * The first of the queue of a scope's cities as other weights would order it, however many wait there.
 *
 * @param policy decides in all of them. @param most parties answered, from the top of the new order.
 */
export async function listMoved({ cityIds }: CoordinatorScope, { policy, most }: { policy: Policy; most: number }): Promise<MovedParty[]> {
  const moment = now()
  return db.$queryRaw<MovedParty[]>`
    select * from (
      select a.id::text, a.code, a.nickname,
        (row_number() over (order by ${points(moment)} desc, a.waiting_since, a.id))::int as before,
        (row_number() over (order by ${points(moment, policy)} desc, a.waiting_since, a.id))::int as after
      from arrival a join city c on c.id = a.city_ids[1] ${cityPolicy}
      where a.state in ('OPEN', 'OFFERED') and c.id = any (${[...cityIds]}::text[])) placed
    where after <= ${most}::int order by after`
}
