import 'server-only'
import { actorLabel, can, type Act, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { dropLetters } from '@/lib/notifications/commands'
import { requireReach } from '../queries/reach'
import { noEndsTheNeed } from '../rules'
import type { GUEST_NO_REASONS, Side } from '../schema'
import { citiesOf, transition, type Transition } from './call'

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
  /** Version of the placement the form was drawn from; a link, which shows what is, carries none. */
  version?: number
}

export type ReleaseRefusal = 'STALE_VERSION' | 'NOT_OPEN' | 'TOO_EARLY' | 'OWN_HOME' | 'NOT_FOUND'

/** Guests and hosts decide for their own side; staff record what either side or they themselves decided. */
const ACTS_OF: Record<Side, readonly Act[]> = {
  HOST: ['placement:answer-as-host', 'placement:record'],
  GUEST: ['placement:answer-as-guest', 'placement:record'],
  COORDINATOR: ['placement:record'],
}

/**
 * Ends a placement and releases its hold in the same transaction: a no, a withdrawal, a no-show or a departure. What
 * the same answer speaks for ends with it, but for a leg in a home or a town that is not the recording coordinator's to answer
 * for, where the guests still need a place (docs/adr/0028). A refused pair is remembered, a pair that parted in fear or quarrel is blocked.
 * A no is told to the other side, the end of what was agreed to everybody who did not write it down themselves.
 *
 * @returns how many rooms were released; `TOO_EARLY` for a no-show before the first evening is over, `STALE_VERSION` when
 *   the placement changed since the form was drawn, `OWN_HOME` for staff who end a stay in
 *   their own home in the name of somebody else, or by a token of the team.
 * @throws AppError NOT_FOUND when there is no such placement in the actor's reach.
 */
export async function release(request: Release) {
  const { actor, key, requestHash, placementId, to, side, reason, destination, close, version } = request
  const { hostId } = await requireReach(actor, ACTS_OF[side], placementId)
  // staff who host there are a side themselves, and no side by a token of the team
  if (actor.kind === 'USER' && actor.hostId === hostId && (side !== 'HOST' || actor.byTeamToken === true)) {
    return { ok: false as const, reason: 'OWN_HOME' as const, detail: {} }
  }
  return transition<{ ended: number }, ReleaseRefusal>(
    Prisma.sql`select release_placement(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid,
      ${to}::placement_state, ${side}::side, ${reason}, ${destination ?? null}, ${close}, ${version ?? null}::int,
      ${side === 'HOST' ? null : citiesOf(actor)}::text[]) as answer`,
    (answer) => ({ ended: Number(answer['ended']) }),
  )
}

/**
 * A guest's own no, from their page or a mailed link alike: they are looked after further, unless the reason says that
 * they need no place any more.
 *
 * @throws AppError NOT_FOUND when the placement is not the guest's.
 */
export async function sayNoAsGuest(request: Transition & { placementId: string; reason: (typeof GUEST_NO_REASONS)[number] }) {
  return release({ ...request, to: 'DECLINED', side: 'GUEST', close: noEndsTheNeed(request.reason) })
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
  const answer = await transition<null, 'NOT_FOUND'>(
    Prisma.sql`select withdraw_arrival(${actorLabel(actor)}, ${key}, ${requestHash}, ${arrivalId}::uuid, ${erase}) as answer`,
    () => null,
  )
  if (erase && answer.ok) await dropLetters(arrivalId)
  return answer
}

/**
 * Opens a closed or withdrawn request again, with its waiting time kept: somebody who went another way needs a place
 * after all.
 *
 * @returns `ARRIVAL_ERASED` when nothing is left of it, `ALREADY_DECIDED` when it is open.
 * @throws AppError NOT_FOUND when the arrival asks for none of the actor's cities.
 */
export async function reopenArrival({ actor, key, requestHash, arrivalId }: Transition & { actor: UserActor; arrivalId: string }) {
  const arrival = await db.arrival.findUnique({ where: { id: arrivalId }, select: { cityIds: true } })
  if (!arrival || !can(actor, 'arrival:reopen', { cityIds: arrival.cityIds })) throw new AppError('NOT_FOUND')
  return transition<null, 'NOT_FOUND' | 'ARRIVAL_ERASED' | 'ALREADY_DECIDED'>(
    Prisma.sql`select reopen_arrival(${actorLabel(actor)}, ${key}, ${requestHash}, ${arrivalId}::uuid) as answer`,
    () => null,
  )
}
