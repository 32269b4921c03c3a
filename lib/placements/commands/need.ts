import 'server-only'
import { clockOf, factsWith } from '@/lib/arrivals/queries/facts'
import { readOnward } from '@/lib/arrivals/queries/onward'
import { needOf } from '@/lib/arrivals/rules/need'
import type { CoordinatorScope } from '@/lib/auth/queries'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'
import type { ShelterNeed } from '@/lib/matching/types'
import type { PairFacts } from '../queries/failed-rule'

/** What a party needs now, as the matcher sees it, with what its rooms are measured by. @throws AppError NOT_FOUND out of reach. */
export async function readNeed(scope: CoordinatorScope, arrivalId: string): Promise<PairFacts> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row?.cityIds.some((id) => scope.cityIds.includes(id))) throw new AppError('NOT_FOUND')
  const clock = clockOf(row.cityIds, now())
  const need: ShelterNeed = needOf(factsWith(row, await readOnward(row, clock.now)), clock)
  return { need, today: dayInZone(clock.now, clock.timeZone), restedNights: DEFAULT_POLICY.scales.restedNights }
}
