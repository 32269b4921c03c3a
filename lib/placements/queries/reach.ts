import 'server-only'
import { can, type Act, type Actor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import type { PlacementState } from '../schema'

/** The ids a placement hangs on: what reach is decided by. */
export interface PlacementReach {
  placementId: string
  arrivalId: string
  hostId: string
  homeId: string
  cityId: string
  /** As it was a moment ago; what depends on it is decided under the lock. */
  state: PlacementState
}

/**
 * Proves that the actor may do the act, or one of several, to this placement.
 *
 * @throws AppError NOT_FOUND for an unknown placement and for one out of reach alike.
 */
export async function requireReach(actor: Actor, act: Act | readonly Act[], placementId: string): Promise<PlacementReach> {
  const row = await db.placement.findUnique({
    where: { id: placementId },
    select: { arrivalId: true, hostId: true, homeId: true, state: true, home: { select: { cityId: true } } },
  })
  if (!row) throw new AppError('NOT_FOUND')
  const { home, ...ids } = row
  const reach = { placementId, ...ids, cityId: home.cityId }
  const subject = { placementId, arrivalId: reach.arrivalId, hostId: reach.hostId, cityIds: [reach.cityId] }
  if (![act].flat().some((one) => can(actor, one, subject))) throw new AppError('NOT_FOUND')
  return reach
}
