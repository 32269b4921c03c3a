import 'server-only'
import { actorLabel, can, type Act, type Actor } from '@/lib/auth/rules'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import type { Day } from '@/lib/time/day'
import { requireReach } from '../queries/reach'
import { transition, type Transition } from './call'

interface OfPlacement extends Transition {
  placementId: string
  /** Version of the placement the form was drawn from; a link, which shows what is, carries none. */
  version?: number
}

function guestOrStaff(actor: Actor): Act {
  return actor.kind === 'USER' ? 'placement:record' : 'placement:answer-as-guest'
}

/**
 * Records that the guest stands at the door and was let in, for all rooms of the home in the plan.
 *
 * @returns `TOO_EARLY` more than a day before the first night, `STALE_VERSION` when the placement changed since,
 *   `OWN_HOME` for staff who host there.
 * @throws AppError NOT_FOUND when there is no such placement in the actor's reach.
 */
export async function recordArrived({ actor, key, requestHash, placementId, version }: OfPlacement) {
  await requireReach(actor, guestOrStaff(actor), placementId)
  return transition<null, 'NOT_OPEN' | 'TOO_EARLY' | 'OWN_HOME' | 'STALE_VERSION' | 'NOT_FOUND'>(
    Prisma.sql`select record_arrived(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid,
      ${version ?? null}::int) as answer`,
    () => null,
  )
}

export type ExtendRefusal = 'NOT_OPEN' | 'NIGHTS_INVALID' | 'NIGHTS_TOO_MANY' | 'NOT_OFFERED' | 'EXTEND_ROOM_TAKEN' | 'EXTEND_ARRIVAL_TAKEN' | 'NOT_FOUND'

export interface Extend extends OfPlacement {
  until: Day
  /** The host said on the telephone that the guests may stay longer; kept as the host's answer. */
  hostAgreed: boolean
}

/**
 * Changes the last morning of a stay after the coordinator has spoken with both. Earlier is written down; later needs
 * the host's yes (docs/adr/0011).
 *
 * @returns `HOST_NOT_ASKED` for more nights without the host's yes, `OWN_HOME` for staff who host there,
 *   `STALE_VERSION` when the placement changed since the form was drawn.
 * @throws AppError NOT_FOUND when there is no such placement in the coordinator's cities.
 */
export async function extend({ actor, key, requestHash, placementId, until, hostAgreed, version }: Extend) {
  await requireReach(actor, 'placement:record', placementId)
  return transition<{ until: Day }, ExtendRefusal | 'HOST_NOT_ASKED' | 'OWN_HOME' | 'STALE_VERSION'>(
    Prisma.sql`select extend_placement(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid, ${until}::date,
      ${hostAgreed}, ${version ?? null}::int) as answer`,
    () => ({ until }),
  )
}

export interface MoveStay extends OfPlacement {
  from: Day
  until: Day
  /** The host said on the telephone that these nights are good; kept as the host's answer. */
  hostAgreed: boolean
}

/**
 * Guests who are agreed on and have not come yet come on other nights, to the same room. Within the nights the host agreed
 * to it is written down; any other night needs the host's yes.
 *
 * @returns `HOST_NOT_ASKED` for other nights without the host's yes, `NIGHTS_INVALID` for nights that are over or the same
 *   as before, else as `extend`.
 * @throws AppError NOT_FOUND when there is no such placement in the coordinator's cities.
 */
export async function moveStay({ actor, key, requestHash, placementId, from, until, hostAgreed, version }: MoveStay) {
  await requireReach(actor, 'placement:record', placementId)
  return transition<{ from: Day; until: Day }, ExtendRefusal | 'HOST_NOT_ASKED' | 'OWN_HOME' | 'STALE_VERSION'>(
    Prisma.sql`select move_stay(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid, ${from}::date, ${until}::date,
      ${hostAgreed}, ${version ?? null}::int) as answer`,
    () => ({ from, until }),
  )
}

/**
 * The guest asks to stay longer. Nothing is held until the host agrees (docs/adr/0011). A host who may not agree is not
 * asked: the wish is refused at once, and we look for another place.
 *
 * @throws AppError NOT_FOUND when the placement is not the guest's.
 */
export async function askExtension({ actor, key, requestHash, placementId, until }: OfPlacement & { until: Day }) {
  await requireReach(actor, 'placement:answer-as-guest', placementId)
  return transition<{ until: Day }, 'NOT_OPEN' | 'NIGHTS_INVALID' | 'NIGHTS_NOT_MORE' | 'NIGHTS_TOO_MANY' | 'NOT_OFFERED' | 'ALREADY_ASKED' | 'NOT_FOUND'>(
    Prisma.sql`select ask_extension(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid, ${until}::date) as answer`,
    () => ({ until }),
  )
}

/**
 * The host's answer to a wish to stay longer. A no puts the nights after the stay back into the queue; a coordinator may
 * record one they heard on the telephone, while a yes heard there is `extend`.
 *
 * @returns `EXTEND_NOT_OPEN` for a yes that may not be, as where a vetting ran out: the wish counts as refused then;
 *   `EXTEND_OVER` for a yes on or after the morning that was asked for, with which the wish is closed;
 *   `OWN_HOME` for staff who host there and speak by a token of the team.
 * @throws AppError NOT_FOUND when there is no such placement in the actor's reach.
 */
export async function answerExtension({ actor, key, requestHash, placementId, agree }: OfPlacement & { agree: boolean }) {
  const { hostId } = await requireReach(actor, agree ? 'placement:answer-as-host' : ['placement:answer-as-host', 'placement:record'], placementId)
  if (actor.kind === 'USER' && actor.byTeamToken === true && actor.hostId === hostId) {
    return { ok: false as const, reason: 'OWN_HOME' as const, detail: {} }
  }
  return transition<{ agreed: boolean }, Exclude<ExtendRefusal, 'NIGHTS_INVALID'> | 'EXTEND_NOT_OPEN' | 'EXTEND_OVER' | 'ALREADY_DECIDED'>(
    Prisma.sql`select answer_extension(${actorLabel(actor)}, ${key}, ${requestHash}, ${placementId}::uuid, ${agree}) as answer`,
    () => ({ agreed: agree }),
  )
}

/**
 * Pauses a host or ends the pause. Proposals are released, guests who are confirmed or there stay (docs/adr/0008).
 * Lives here because it ends placements. A mailed ticket pauses only, and only while its placement is live: an old
 * link gives nobody a hold over the home.
 *
 * @returns how many proposals were released; `NOT_OPEN` for a ticket whose placement is over.
 * @throws AppError NOT_FOUND when the host is not the actor.
 */
export async function pauseHost({ actor, key, requestHash, hostId, paused }: Transition & { hostId: string; paused: boolean }) {
  const asked = actor.kind === 'TICKET' ? actor.placementId : null
  if (asked !== null) {
    const reach = await requireReach(actor, 'placement:answer-as-host', asked)
    if (reach.hostId !== hostId || !paused) throw new AppError('NOT_FOUND')
  } else if (!can(actor, 'host:manage-own', { hostId })) throw new AppError('NOT_FOUND')
  return transition<{ released: number }, 'NOT_FOUND' | 'NOT_OPEN'>(
    Prisma.sql`select pause_host(${actorLabel(actor)}, ${key}, ${requestHash}, ${hostId}::uuid, ${paused}, ${asked}::uuid) as answer`,
    (answer) => ({ released: Number(answer['released']) }),
  )
}
