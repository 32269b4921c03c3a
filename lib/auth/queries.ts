import 'server-only'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { can, type UserActor } from './rules'

declare const proven: unique symbol

/** Cities a member of staff may see. Made only by `scopeOf`, so a query that takes one has been checked. */
export interface CoordinatorScope {
  readonly actor: UserActor
  readonly cityIds: readonly string[]
  readonly [proven]: true
}

/** Whether the code a browser waits for is a long one; false for none. Says nothing about who has the address. */
export async function isGuardedCode(codeId: string): Promise<boolean> {
  const code = await db.signInCode.findUnique({ where: { id: codeId }, select: { guarded: true } })
  return code?.guarded === true
}

/** Whether a volunteer serves this town. Where none does, only an admin sees what is asked there. */
export async function isServed(cityId: string): Promise<boolean> {
  const volunteer = await db.user.findFirst({
    where: { role: { in: ['COORDINATOR', 'LEAD'] }, disabledAt: null, cityIds: { has: cityId } }, select: { id: true },
  })
  return volunteer !== null
}

/** The cities a known person may see as staff: the proof queries ask for. @throws AppError FORBIDDEN for anybody else. */
export function scopeOf(actor: UserActor): CoordinatorScope {
  if (!can(actor, 'queue:read')) throw new AppError('FORBIDDEN', 'queue:read')
  return { actor, cityIds: actor.cityIds } as CoordinatorScope
}
