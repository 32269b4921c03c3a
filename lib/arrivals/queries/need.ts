import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { policyInForce } from '@/lib/db/policies'
import { AppError } from '@/lib/errors'
import type { Policy } from '@/lib/matching/policy'
import type { ShelterNeed } from '@/lib/matching/types'
import { now } from '@/lib/time/clock'
import { dayInZone, type Day } from '@/lib/time/day'
import { needOf } from '../rules/need'
import { clockOf, factsWith } from './facts'
import { readOnward } from './onward'

/** What a party needs now, as the matcher sees it, with what rooms are measured by beside it. */
export interface NeedNow {
  need: ShelterNeed
  /** In the party's first city. */
  today: Day
  restedNights: number
  /** What the first city decides by. */
  policy: Policy
}

/** Reads what a party needs at this moment. @throws AppError NOT_FOUND when it asks for none of the scope's cities. */
export async function readNeed(scope: CoordinatorScope, arrivalId: string): Promise<NeedNow> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row?.cityIds.some((id) => scope.cityIds.includes(id))) throw new AppError('NOT_FOUND')
  const clock = clockOf(row.cityIds, now())
  const [onward, policy] = await Promise.all([readOnward(row, clock.now), policyInForce(row.cityIds[0])])
  const need = needOf(factsWith(row, onward), clock)
  return { need, today: dayInZone(clock.now, clock.timeZone), restedNights: policy.scales.restedNights, policy }
}
