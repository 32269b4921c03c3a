import 'server-only'
import { readNeed } from '@/lib/arrivals/queries/need'
import { scopeOf, type CoordinatorScope } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'
import { partySize } from '@/lib/matching/party'
import type { ShelterNeed } from '@/lib/matching/types'
import { listFreeInstead } from '../queries/free-instead'
import { readRooms } from '../queries/free-rooms'
import type { Transition } from './call'
import { propose, type PlanLeg, type Propose } from './propose'
import { reasonsOf, refusalOf } from './rule-refusal'

/** A room of a plan as a coordinator puts it together; reasons are ours. */
export type AskedLeg = Omit<PlanLeg, 'reasons'>

/** A plan as a coordinator puts it together. */
export interface Asked extends Pick<Propose, 'arrivalId' | 'kind'> {
  legs: readonly AskedLeg[]
}

type Checked = Pick<Propose, 'legs' | 'refused'> & { lostRoomId?: string }
export type ProposeLegs = Transition & Asked & { actor: UserActor }

/** The part of a party's need that one leg answers. Beds for those who come later are kept where the whole party sleeps. */
function needOfLeg(need: ShelterNeed, { from, until, adults, childrenAges }: AskedLeg): ShelterNeed {
  const whole = adults + childrenAges.length >= partySize(need)
  return { ...need, nights: { from, until }, adults, childrenAges: [...childrenAges], growth: whole ? need.growth : null }
}

/** A plan with our reasons in it, and the first rule of the match that stands against it; `null` where a room is out of reach. */
export async function checkLegs(scope: CoordinatorScope, { arrivalId, legs }: Asked): Promise<Checked | null> {
  const checked: PlanLeg[] = []
  for (const leg of legs) {
    const facts = await readNeed(scope, leg.arrivalId ?? arrivalId)
    const need = needOfLeg(facts.need, leg)
    const { rooms: [room] } = await readRooms(scope, [leg.roomId], { ...facts, need })
    if (!room) return null
    const refused = refusalOf(room, need)
    if (refused !== null) return { legs: [], refused, lostRoomId: leg.roomId }
    checked.push({ ...leg, reasons: reasonsOf(room, need, facts.policy) })
  }
  return { legs: checked }
}

/** What stands in for a room that was lost: for its leg's nights and people, without the plan's other rooms. */
async function instead(scope: CoordinatorScope, { legs, arrivalId }: Asked, lostRoomId: string | undefined) {
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
  const scope = scopeOf(request.actor)
  const checked = await checkLegs(scope, request)
  if (checked === null) throw new AppError('NOT_FOUND')
  const { lostRoomId, ...plan } = checked
  const answer = await propose({ ...request, ...plan })
  if (answer.ok) return answer
  const roomId = answer.detail.roomId ?? lostRoomId
  return { ...answer, detail: { ...answer.detail, ...(roomId && { roomId }), freeNow: await instead(scope, request, roomId) } }
}
