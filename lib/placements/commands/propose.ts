import 'server-only'
import { z } from 'zod'
import type { UserActor } from '@/lib/auth/rules'
import { can } from '@/lib/auth/rules'
import { callForEach, type FunctionAnswer } from '@/lib/db/function'
import { gather } from '@/lib/db/gather'
import { Prisma } from '@/lib/db/generated/client'
import { isLockTimeout, isOverTime, isRetryable, isUnavailable } from '@/lib/db/sqlstate'
import { withRetry } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Day } from '@/lib/time/day'
import { resultOf, type Transition } from './call'
import type { RuleRefusal } from './rule-refusal'

/** One room of a plan: who of which party sleeps there and for which nights. */
export interface PlanLeg {
  /** The party, where it is not the plan's own: each member of a group names itself. */
  arrivalId?: string
  roomId: string
  from: Day
  until: Day
  adults: number
  childrenAges: readonly number[]
  /** The match's reasons, frozen as they were shown. */
  reasons: unknown
}

export interface Propose extends Transition {
  actor: UserActor
  arrivalId: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  legs: readonly PlanLeg[]
  /** A rule of the match that fails by now; the database says so, unless this very request was done before. */
  refused?: RuleRefusal
}

export type ProposeRefusal =
  | 'APPROVALS_STOPPED' | 'ARRIVAL_GONE' | 'ARRIVAL_TAKEN' | 'PARTY_MISMATCH' | 'ROOM_GONE' | 'ROOM_TAKEN' | 'NOT_OFFERED' | 'OWN_HOME'
  | 'OUT_OF_SERVICE' | 'HOST_NOT_VETTED' | 'HOST_PAUSED' | 'NIGHTS_PAST' | 'NIGHTS_INVALID' | 'NO_LONGER_FITS' | 'TOO_FEW_BEDS'
  | 'NOT_A_GROUP' | 'NOT_ONE_HOME' | 'NOT_FOUND' | 'BLOCKED' | 'REFUSED_BEFORE' | 'HOME_TO_VISIT' | 'ROOM_STRETCHED'

/** What the database answers of a plan that is held now. */
export const proposedSchema = z.object({ planId: z.uuid(), placementIds: z.array(z.uuid()), deadline: z.string() })
export type Proposed = z.infer<typeof proposedSchema>

/** One question to `propose_each`. */
type Asked = { userId: string; key: string; hash: string; cities: readonly string[] } & Pick<Propose, 'arrivalId' | 'kind' | 'legs' | 'refused'>

/** Plans that come while others are written are written together: thirty-two take the time of eight alone. */
const TOGETHER = { most: 32, sideBySide: 1, heldUpMs: 100 }

function askAll(asked: readonly Asked[]): Promise<FunctionAnswer[]> {
  const call = () => callForEach(Prisma.sql`select propose_each(${JSON.stringify(asked)}::jsonb) as answer`)
  return asked.length === 1 ? withRetry(call) : call()
}

const askTogether = gather<Asked, FunctionAnswer>({
  ...TOGETHER, askAll, nameOf: ({ userId, key }) => `${userId} ${key}`,
  // where no answer comes at all, another wait brings none
  worthAlone: (error) => isRetryable(error) || isLockTimeout(error) || isOverTime(error) || !isUnavailable(error),
})

/**
 * Proposes a plan: holds every room of it in one transaction, or none, and starts the clock.
 *
 * Two coordinators who propose the same nights queue on the room; the second is told who was faster. The
 * coordinator's own yes is given by proposing. Plans that come at the same moment share a transaction, each under its own key.
 *
 * @returns the plan with its deadline, or the first reason why it cannot be held now.
 * @throws AppError NOT_FOUND when arrival or rooms are outside the actor's cities.
 */
export async function propose({ actor, key, requestHash, ...plan }: Propose) {
  if (!can(actor, 'plan:propose')) throw new AppError('NOT_FOUND')
  const { arrivalId, kind, legs, refused } = plan
  const asked = { userId: actor.userId, key, hash: requestHash, cities: actor.cityIds, arrivalId, kind, legs, ...(refused && { refused }) }
  const answer = resultOf<Proposed, ProposeRefusal>(await askTogether(asked), (given) => proposedSchema.parse(given))
  // one round trip: the database proves the reach together with the rest
  if (!answer.ok && answer.reason === 'NOT_FOUND') throw new AppError('NOT_FOUND')
  return answer
}
