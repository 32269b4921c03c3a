import 'server-only'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { transition, type Transition } from './call'

/**
 * Takes a waiting request back for somebody who says so on the telephone. What was only proposed ends; a stay that is
 * agreed is ended on its own page, where both sides are told.
 *
 * @returns `NOT_OPEN` for a request with an agreed stay, `ALREADY_DECIDED` for one that is over, `OWN_HOME`
 *   where the actor hosts this guest or is asked to.
 * @throws AppError NOT_FOUND when the arrival asks for none of the actor's cities.
 */
export async function withdrawFor({ actor, key, requestHash, arrivalId }: Transition & { actor: UserActor; arrivalId: string }) {
  const arrival = await db.arrival.findUnique({ where: { id: arrivalId }, select: { cityIds: true } })
  if (!arrival || !can(actor, 'arrival:withdraw-for', { cityIds: arrival.cityIds })) throw new AppError('NOT_FOUND')
  return transition<null, 'NOT_FOUND' | 'NOT_OPEN' | 'ALREADY_DECIDED' | 'OWN_HOME'>(
    Prisma.sql`select withdraw_waiting(${actorLabel(actor)}, ${key}, ${requestHash}, ${arrivalId}::uuid) as answer`,
    () => null,
  )
}
