import 'server-only'
import { AppError } from '@/lib/errors'
import { can, type UserActor } from './rules'
import type { CoordinatorScope } from './session'

/** The cities a known person may see as staff: the proof queries ask for. @throws AppError FORBIDDEN for anybody else. */
export function scopeOf(actor: UserActor): CoordinatorScope {
  if (!can(actor, 'queue:read')) throw new AppError('FORBIDDEN', 'queue:read')
  return { actor, cityIds: actor.cityIds } as CoordinatorScope
}
