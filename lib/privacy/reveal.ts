import 'server-only'
import { actorLabel, can, type Act, type Actor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { callFunction } from '@/lib/db/function'
import { Prisma } from '@/lib/db/generated/client'
import { requireReach } from '@/lib/placements/queries/reach'
import { accept, refuse } from '@/lib/result'
import { unsealOptional } from './seal'

type Field = 'ADDRESS' | 'GUEST_CONTACT' | 'HOST_CONTACT'
export type RevealRefusal = 'NOT_OPEN' | 'NOT_YOURS' | 'NOT_SHOWN' | 'OWN_HOME' | 'HOUSEHOLD_CHANGED' | 'NOT_FOUND'

interface Reveal {
  actor: Actor
  placementId: string
}

/** The side a field is for; staff who approved the placement may see both. */
const SIDE_OF: Record<Field, { side: 'HOST' | 'GUEST'; act: Act }> = {
  ADDRESS: { side: 'GUEST', act: 'placement:answer-as-guest' },
  // a mailed link stands in logs of proxies and opens nobody's contact: that takes the secret or a session (docs/adr/0009)
  HOST_CONTACT: { side: 'GUEST', act: 'arrival:manage-own' },
  GUEST_CONTACT: { side: 'HOST', act: 'placement:reach-guest' },
}

/** Staff who host are the host in their own home and a coordinator in every other; `null` for what a host is not shown. */
async function requireSide({ actor, placementId }: Reveal, field: Field): Promise<'HOST' | 'GUEST' | 'COORDINATOR' | null> {
  const { side, act } = SIDE_OF[field]
  const { hostId } = await requireReach(actor, [act, 'placement:record'], placementId)
  if (actor.kind !== 'USER') return side
  if (actor.hostId !== hostId) return 'COORDINATOR'
  return can(actor, act, { placementId, hostId }) ? side : null
}

/** Asks the database for the door: it checks the state, writes the reveal and the audit event, or refuses. */
async function openField({ actor, placementId }: Reveal, field: Field): Promise<RevealRefusal | null> {
  const side = await requireSide({ actor, placementId }, field)
  if (side === null) return 'OWN_HOME'
  const userId = actor.kind === 'USER' ? actor.userId : null
  const answer = await callFunction(
    Prisma.sql`select reveal_field(${actorLabel(actor)}, ${placementId}::uuid, ${side}::side, ${userId}::uuid, ${field}) as answer`,
  )
  return answer.code === 'OK' ? null : (answer.code as RevealRefusal)
}

/**
 * The address of a confirmed stay: for its guest, or a coordinator who approved it. Every call is recorded.
 *
 * @returns city, address, entrance note and the host's first name; the host's contact is a reveal of its own.
 * @throws AppError NOT_FOUND when the placement is out of the actor's reach.
 */
export async function revealAddress(request: Reveal) {
  const refusal = await openField(request, 'ADDRESS')
  if (refusal !== null) return refuse(refusal)
  const { home, host } = await db.placement.findUniqueOrThrow({
    where: { id: request.placementId }, select: { home: true, host: true },
  })
  return accept({
    cityId: home.cityId,
    address: unsealOptional(home.addressSealed, { field: 'home.address', rowId: home.id }),
    entrance: unsealOptional(home.entranceSealed, { field: 'home.entrance', rowId: home.id }),
    firstName: unsealOptional(host.firstNameSealed, { field: 'host.first_name', rowId: host.id }),
  })
}

/**
 * The host's contact: for the guest of a confirmed stay where the host allows it, or a coordinator who approved it.
 * Every call is recorded.
 *
 * @returns the contact, `null` when there is none; `NOT_SHOWN` to a guest whose host has not allowed it.
 * @throws AppError NOT_FOUND when the placement is out of the actor's reach.
 */
export async function revealHostContact(request: Reveal) {
  const refusal = await openField(request, 'HOST_CONTACT')
  if (refusal !== null) return refuse(refusal)
  const { host } = await db.placement.findUniqueOrThrow({ where: { id: request.placementId }, select: { host: true } })
  return accept({ contact: unsealOptional(host.contactSealed, { field: 'host.contact', rowId: host.id }) })
}

/**
 * The guest's contact, for the host of a confirmed stay or a coordinator who approved it. Every call is recorded.
 *
 * @returns the contact, `null` when the guest gave none.
 * @throws AppError NOT_FOUND when the placement is out of the actor's reach.
 */
export async function revealGuestContact(request: Reveal) {
  const refusal = await openField(request, 'GUEST_CONTACT')
  if (refusal !== null) return refuse(refusal)
  const { arrival } = await db.placement.findUniqueOrThrow({ where: { id: request.placementId }, select: { arrival: true } })
  return accept({ contact: unsealOptional(arrival.contactSealed, { field: 'arrival.contact', rowId: arrival.id }) })
}
