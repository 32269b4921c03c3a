import 'server-only'
import { z } from 'zod'
import type { UserActor } from '@/lib/auth/rules'
import { can } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import type { Day } from '@/lib/time/day'
import { transition, type Transition } from './call'

/** One room of a plan: who of the party sleeps there and for which nights. */
export interface PlanLeg {
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
}

export type ProposeRefusal =
  | 'APPROVALS_STOPPED' | 'ARRIVAL_GONE' | 'ARRIVAL_TAKEN' | 'PARTY_MISMATCH' | 'ROOM_GONE' | 'ROOM_TAKEN' | 'NOT_OFFERED' | 'OWN_HOME'
  | 'OUT_OF_SERVICE' | 'HOST_NOT_VETTED' | 'HOST_PAUSED' | 'NIGHTS_PAST' | 'NIGHTS_INVALID' | 'NO_LONGER_FITS' | 'TOO_FEW_BEDS'
  | 'BLOCKED' | 'REFUSED_BEFORE' | 'HOME_TO_VISIT' | 'ROOM_STRETCHED'

const proposedSchema = z.object({ planId: z.uuid(), placementIds: z.array(z.uuid()), deadline: z.string() })
export type Proposed = z.infer<typeof proposedSchema>

async function requireCities({ actor, arrivalId, legs }: Propose): Promise<void> {
  const arrival = await db.arrival.findUnique({ where: { id: arrivalId }, select: { cityIds: true } })
  const rooms = await db.room.findMany({
    where: { id: { in: legs.map((leg) => leg.roomId) } }, select: { home: { select: { cityId: true } } },
  })
  const inReach = arrival !== null && can(actor, 'plan:propose', { cityIds: arrival.cityIds })
    && rooms.every((room) => can(actor, 'plan:propose', { cityIds: [room.home.cityId] }))
  if (!inReach) throw new AppError('NOT_FOUND')
}

/**
 * Proposes a plan: holds every room of it in one transaction, or none, and starts the clock.
 *
 * Two coordinators who propose the same nights queue on the room; the second is told who was faster. The
 * coordinator's own yes is given by proposing.
 *
 * @returns the plan with its deadline, or the first reason why it cannot be held now.
 * @throws AppError NOT_FOUND when arrival or rooms are outside the actor's cities.
 */
export async function propose(plan: Propose) {
  await requireCities(plan)
  const { actor, key, requestHash, arrivalId, kind, legs } = plan
  return transition<Proposed, ProposeRefusal>(
    Prisma.sql`select propose_plan(${actor.userId}::uuid, ${key}, ${requestHash}, ${arrivalId}::uuid, ${kind}::plan_kind,
      ${JSON.stringify(legs)}::jsonb) as answer`,
    (answer) => proposedSchema.parse(answer),
  )
}
