import 'server-only'
import { actorLabel, type Act, type UserActor } from '@/lib/auth/rules'
import { Prisma } from '@/lib/db/generated/client'
import { requireReach } from '../queries/reach'
import { LEGAL_VERSION } from '../schema'
import { citiesOf, transition, userIdOf, type Transition } from './call'

export interface SayYes extends Transition {
  placementId: string
  side: 'HOST' | 'GUEST'
  /** LINK by the person, PHONE or DESK recorded by a coordinator for somebody. */
  way: 'LINK' | 'PHONE' | 'DESK'
  /** Version of the placement the form was drawn from; a link, which shows what is, carries none. */
  version?: number
}

export type YesRefusal = 'APPROVALS_STOPPED' | 'STALE_VERSION' | 'ALREADY_DECIDED' | 'NOT_OPEN' | 'LAPSED' | 'NO_ADDRESS' | 'OWN_HOME' | 'NOT_FOUND'

function actOf({ side, way }: Pick<SayYes, 'side' | 'way'>): Act {
  if (way !== 'LINK') return 'placement:record'
  return side === 'HOST' ? 'placement:answer-as-host' : 'placement:answer-as-guest'
}

/**
 * Records one of the three yeses; the last of them confirms. A host answers for all rooms of the home in the plan,
 * a guest for the whole plan, a coordinator who writes a guest's yes down for what is in their cities and no home of theirs.
 * Two yeses at the same instant queue on the arrival, so exactly one is the last. With a
 * guest's yes goes the version of the legal card they were shown; a refused yes keeps nothing.
 *
 * @returns whether this yes confirmed; `ALREADY_DECIDED` when this side has answered, `LAPSED` when the clock ran out,
 *   `NO_ADDRESS` when a host says yes before the home has an address, `STALE_VERSION` when the placement changed since.
 * @throws AppError NOT_FOUND when there is no such placement in the actor's reach.
 */
export async function sayYes({ actor, key, requestHash, placementId, side, way, version }: SayYes) {
  await requireReach(actor, actOf({ side, way }), placementId)
  return transition<{ confirmed: boolean }, YesRefusal>(
    Prisma.sql`select say_yes(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid, ${side}::side,
      ${userIdOf(actor)}::uuid, ${way}::answer_way, ${version ?? null}::int, ${side === 'GUEST' ? LEGAL_VERSION : null},
      ${way === 'LINK' ? null : citiesOf(actor)}::text[]) as answer`,
    (answer) => ({ confirmed: answer['confirmed'] === true }),
  )
}

export interface SecondYes extends Transition {
  actor: UserActor
  placementId: string
  /** Version of the placement the form was drawn from. */
  version?: number
}

export type SecondYesRefusal = 'APPROVALS_STOPPED' | 'STALE_VERSION' | 'ALREADY_DECIDED' | 'NOT_OPEN' | 'LAPSED' | 'NOT_A_LEAD' | 'OWN_HOME' | 'NOT_FOUND'

/**
 * A lead's second yes, where a second pair of eyes is due: for all of the plan that is in the lead's cities. Nobody approves
 * twice and nobody for their own home.
 *
 * @throws AppError NOT_FOUND when there is no such placement in the lead's cities.
 */
export async function secondYes({ actor, key, requestHash, placementId, version }: SecondYes) {
  await requireReach(actor, 'placement:second-yes', placementId)
  return transition<{ confirmed: boolean }, SecondYesRefusal>(
    Prisma.sql`select second_yes(${actor.userId}::uuid, ${key}, ${requestHash}, ${[...actor.cityIds]}::text[], ${placementId}::uuid,
      ${version ?? null}::int) as answer`,
    (answer) => ({ confirmed: answer['confirmed'] === true }),
  )
}
