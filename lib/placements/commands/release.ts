import 'server-only'
import { actorLabel, can, type Act } from '@/lib/auth/rules'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { requireReach } from '../queries/reach'
import type { Side } from '../schema'
import { transition, type Transition } from './call'

export interface Release extends Transition {
  placementId: string
  to: 'DECLINED' | 'CANCELLED' | 'NOT_ARRIVED' | 'DEPARTED'
  /** Whose decision it was. */
  side: Side
  /** One of the closed list of that side, see `schema.ts`. */
  reason: string
  destination?: string
  /** True when the arrival needs nothing more; false puts it back into the queue, first in line when a stay broke. */
  close: boolean
}

export type ReleaseRefusal = 'NOT_OPEN' | 'TOO_EARLY' | 'OWN_HOME' | 'NOT_FOUND'

/** Guests and hosts decide for their own side; staff record what either side or they themselves decided. */
const ACTS_OF: Record<Side, readonly Act[]> = {
  HOST: ['placement:answer-as-host', 'placement:record'],
  GUEST: ['placement:answer-as-guest', 'placement:record'],
  COORDINATOR: ['placement:record'],
}

/**
 * Ends a placement and releases its hold in the same transaction: a no, a withdrawal, a no-show or a departure. What
 * the same answer speaks for ends with it. A refused pair is remembered; both sides get a message.
 *
 * @returns how many rooms were released; `TOO_EARLY` for a no-show before the first night, `OWN_HOME` for staff who end a stay in
 *   their own home in the name of somebody else.
 * @throws AppError NOT_FOUND when there is no such placement in the actor's reach.
 */
export async function release(request: Release) {
  const { actor, key, requestHash, placementId, to, side, reason, destination, close } = request
  const { hostId } = await requireReach(actor, ACTS_OF[side], placementId)
  // staff who host there are a side themselves
  if (side !== 'HOST' && actor.kind === 'USER' && actor.hostId === hostId) {
    return { ok: false as const, reason: 'OWN_HOME' as const, detail: {} }
  }
  return transition<{ ended: number }, ReleaseRefusal>(
    Prisma.sql`select release_placement(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid,
      ${to}::placement_state, ${side}::side, ${reason}, ${destination ?? null}, ${close}) as answer`,
    (answer) => ({ ended: Number(answer['ended']) }),
  )
}

export interface Withdraw extends Transition {
  arrivalId: string
  /** True deletes everything that could name the guest, at once. */
  erase: boolean
}

/**
 * Takes a request back. Whatever is live ends and the hosts are told.
 *
 * @throws AppError NOT_FOUND when the arrival is not the actor's.
 */
export async function withdrawArrival({ actor, key, requestHash, arrivalId, erase }: Withdraw) {
  if (!can(actor, 'arrival:manage-own', { arrivalId })) throw new AppError('NOT_FOUND')
  return transition<null, 'NOT_FOUND'>(
    Prisma.sql`select withdraw_arrival(${actorLabel(actor)}, ${key}, ${requestHash}, ${arrivalId}::uuid, ${erase}) as answer`,
    () => null,
  )
}
