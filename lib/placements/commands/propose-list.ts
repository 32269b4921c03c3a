import 'server-only'
import { scopeOf, type CoordinatorScope } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'
import type { Transition } from './call'
import { checkLegs, type Asked } from './propose-legs'
import { proposeMany, type Proposal } from './propose-many'

export interface ProposeList extends Transition {
  actor: UserActor
  proposals: readonly Asked[]
}

/** A plan out of reach houses nobody: it is answered as unknown, in its place. */
async function checkOne(scope: CoordinatorScope, asked: Asked): Promise<Proposal> {
  const outOfReach = { arrivalId: asked.arrivalId, kind: asked.kind, legs: [], refused: 'NOT_FOUND' as const }
  try {
    const checked = await checkLegs(scope, asked)
    if (checked === null) return outOfReach
    const { legs, refused } = checked
    return { arrivalId: asked.arrivalId, kind: asked.kind, legs, ...(refused && { refused }) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return outOfReach
    throw error
  }
}

/**
 * Proposes plans that a coordinator put together, many at once: each is checked by the rules of the match, gets our reasons,
 * and is held all or not at all.
 *
 * @returns as `proposeMany`; a plan that names a party or a room outside the actor's cities is answered `NOT_FOUND` in its
 *   place.
 */
export async function proposeList({ actor, key, requestHash, proposals }: ProposeList) {
  const scope = scopeOf(actor)
  const checked: Proposal[] = []
  for (const asked of proposals) checked.push(await checkOne(scope, asked))
  return proposeMany({ actor, key, requestHash, proposals: checked })
}
