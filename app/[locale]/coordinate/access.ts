import type { Actor, UserActor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'

/** The signed-in person behind an action that only staff may call. */
export function asStaff(actor: Actor): UserActor {
  if (actor.kind !== 'USER') throw new AppError('FORBIDDEN')
  return actor
}
