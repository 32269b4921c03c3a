import 'server-only'
import { can, type Act, type Actor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'

/** The ids a placement hangs on: what reach is decided by. */
export interface PlacementReach {
  placementId: string
  arrivalId: string
  hostId: string
  homeId: string
  cityId: string
}

/**
 * Proves that the actor may do the act, or one of several, to this placement.
 *
 * @throws AppError NOT_FOUND for an unknown placement and for one out of reach alike.
 */
export async function requireReach(actor: Actor, act: Act | readonly Act[], placementId: string): Promise<PlacementReach> {
  const row = await db.placement.findUnique({
    where: { id: placementId },
    select: { arrivalId: true, hostId: true, homeId: true, planId: true, home: { select: { cityId: true } } },
  })
  if (!row) throw new AppError('NOT_FOUND')
  const reach = { placementId, arrivalId: row.arrivalId, hostId: row.hostId, homeId: row.homeId, cityId: row.home.cityId }
  const subject = { placementId, arrivalId: reach.arrivalId, hostId: reach.hostId, cityIds: [reach.cityId] }
  if (![act].flat().some((one) => can(actor, one, subject))) throw new AppError('NOT_FOUND')
  return reach
}
