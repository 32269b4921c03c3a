import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import type { Policy } from '@/lib/matching/policy'
import type { PairFacts } from './failed-rule'
import { findMatches } from './match'

const MOST = 5

/** A room that could be proposed at this moment; promises nothing. */
export interface FreeNow {
  roomId: string
  roomName: string
  /** Points of the match, as on the case's page. */
  score: number
}

/** The best rooms that are free now for these nights and people, but for those named. */
export async function listFreeInstead(scope: CoordinatorScope, facts: PairFacts & { policy: Policy }, taken: readonly string[]): Promise<FreeNow[]> {
  const { candidates, labels } = await findMatches(scope, facts)
  return candidates.filter(({ room }) => !taken.includes(room.id)).slice(0, MOST)
    .map(({ room, score }) => ({ roomId: room.id, roomName: labels.get(room.id)?.name ?? '', score }))
}
