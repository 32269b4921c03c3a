import 'server-only'
import { scopeOf, type CoordinatorScope } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'
import { partySize } from '@/lib/matching/party'
import type { ShelterNeed } from '@/lib/matching/types'
import { listFreeInstead } from '../queries/free-instead'
import { readRooms } from '../queries/free-rooms'
import { readNeed } from '../queries/need'
import type { Transition } from './call'
import { propose, type PlanLeg, type Propose } from './propose'
import { reasonsOf, refusalOf, type RuleRefusal } from './rule-refusal'

/** A room of a plan as a coordinator puts it together; reasons are ours. */
export type AskedLeg = Omit<PlanLeg, 'reasons'>

export interface ProposeLegs extends Transition, Pick<Propose, 'arrivalId' | 'kind'> {
  actor: UserActor
  legs: readonly AskedLeg[]
}

/** The part of a party's need that one leg answers. Beds for those who come later are kept where the whole party sleeps. */
function needOfLeg(need: ShelterNeed, { from, until, adults, childrenAges }: AskedLeg): ShelterNeed {
  const whole = adults + childrenAges.length >= partySize(need)
  return { ...need, nights: { from, until }, adults, childrenAges: [...childrenAges], growth: whole ? need.growth : null }
}

async function checkLeg(scope: CoordinatorScope, leg: AskedLeg, arrivalId: string): Promise<{ refusal: RuleRefusal | null; leg: PlanLeg }> {
  const facts = await readNeed(scope, leg.arrivalId ?? arrivalId)
  const need = needOfLeg(facts.need, leg)
  const { rooms: [room] } = await readRooms(scope, [leg.roomId], { ...facts, need })
  if (!room) throw new AppError('NOT_FOUND')
  return { refusal: refusalOf(room, need), leg: { ...leg, reasons: reasonsOf(room, need) } }
}

/** What stands in for a room that was lost: for its leg's nights and people, without the plan's other rooms. */
async function instead(scope: CoordinatorScope, { legs, arrivalId }: ProposeLegs, lostRoomId: string | undefined) {
  const lost = legs.find(({ roomId }) => roomId === lostRoomId)
  if (!lost) return []
  const facts = await readNeed(scope, lost.arrivalId ?? arrivalId)
  const taken = legs.filter(({ from, until }) => from < lost.until && lost.from < until).map(({ roomId }) => roomId)
  return listFreeInstead(scope, { ...facts, need: needOfLeg(facts.need, lost) }, taken)
}

/**
 * Proposes a plan a coordinator put together: a relay over several homes, a party in several rooms, a group. All rooms are
 * held or none is.
 *
 * @returns the plan with its deadline; else why not, which room was lost, and what is free now in its stead, best first.
 * @throws AppError NOT_FOUND when a party or a room is outside the actor's cities.
 */
export async function proposeLegs(request: ProposeLegs) {
  const { legs, ...plan } = request
  const scope = scopeOf(request.actor)
  const checked = []
  for (const leg of legs) checked.push(await checkLeg(scope, leg, plan.arrivalId))
  const failed = checked.find(({ refusal }) => refusal !== null)
  const answer = failed?.refusal
    ? { ok: false as const, reason: failed.refusal, detail: { roomId: failed.leg.roomId } }
    : await propose({ ...plan, legs: checked.map(({ leg }) => leg) })
  if (answer.ok) return answer
  return { ...answer, detail: { ...answer.detail, freeNow: await instead(scope, request, answer.detail.roomId) } }
}
