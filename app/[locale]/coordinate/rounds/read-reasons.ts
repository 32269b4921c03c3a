import type { Reasons } from '@/components/rounds/shapes'
import { readNeed } from '@/lib/arrivals/queries/need'
import type { CoordinatorScope } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { explain, type Explanation } from '@/lib/matching/explain'
import type { Policy } from '@/lib/matching/policy'
import { readRooms } from '@/lib/placements/queries/free-rooms'
import { readLegs } from '@/lib/rounds/queries/suggestions'
import { legNeed } from '@/lib/rounds/rules/legs'
import type { StoredLeg } from '@/lib/rounds/schema'

async function explainLeg(scope: CoordinatorScope, leg: StoredLeg, policy: Policy): Promise<Explanation | null> {
  try {
    const facts = await readNeed(scope, leg.arrivalId)
    const need = legNeed(leg, facts.need)
    const { rooms: [room] } = await readRooms(scope, [leg.roomId], { ...facts, need })
    return room ? explain(room, need, policy) : null
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** Why a suggestion's places were chosen, leg by leg, as things stand now; `null` when there is none of that number. */
export async function readReasons(
  scope: CoordinatorScope, { roundId, number, policy }: { roundId: string; number: number; policy: Policy },
): Promise<Reasons | null> {
  const legs = Number.isSafeInteger(number) && number > 0 ? await readLegs(scope, { roundId, number }) : null
  if (legs === null) return null
  const explained = await Promise.all(legs.map(async (leg) => ({ roomId: leg.roomId, explanation: await explainLeg(scope, leg, policy) })))
  return { number, legs: explained }
}
