import 'server-only'
import { readNeed } from '@/lib/arrivals/queries/need'
import type { UserActor } from '@/lib/auth/rules'
import { scopeOf } from '@/lib/auth/queries'
import type { Policy } from '@/lib/matching/policy'
import { needOfShare, splitOverRooms } from '@/lib/matching/several-rooms'
import { shiftNeed } from '@/lib/matching/shift'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { daysBetween, type Day } from '@/lib/time/day'
import { readRooms } from '../queries/free-rooms'
import type { Transition } from './call'
import { propose, type PlanLeg } from './propose'
import { reasonsOf, refusalOf, type RuleRefusal } from './rule-refusal'

export interface ProposeMatch extends Transition {
  actor: UserActor
  arrivalId: string
  /** First night, as the coordinator saw it. */
  from: Day
  /** One room, or several of one home. */
  roomIds: readonly string[]
}

/**
 * Proposes the rooms a coordinator chose, for the nights they saw. Seats and reasons are worked out anew from the
 * rooms' ids and frozen into the placements: nothing of them comes from the form.
 *
 * @returns as `propose`; `NO_LONGER_FITS` when a rule of the match fails by now that holds no lock, `TOO_FEW_BEDS` when
 *   those who come later would find no bed, of which the database knows nothing.
 * @throws AppError NOT_FOUND when arrival or rooms are outside the actor's cities.
 */
export async function proposeMatch({ actor, key, requestHash, arrivalId, from, roomIds }: ProposeMatch) {
  const scope = scopeOf(actor)
  const facts = await readNeed(scope, arrivalId)
  const { need } = facts
  const moved = shiftNeed(need, daysBetween(need.nights.from, from))
  const agreed = Math.abs(daysBetween(need.nights.from, from)) <= need.flexibleNights
  const { rooms } = await readRooms(scope, roomIds, { ...facts, need: moved ?? need })
  const legs = moved && agreed && rooms.length === roomIds.length ? seatLegs(rooms, moved, facts.policy) : 'NO_LONGER_FITS'
  const plan = { actor, key, requestHash, arrivalId, kind: roomIds.length > 1 ? ('SEVERAL_ROOMS' as const) : ('SINGLE' as const) }
  return typeof legs === 'string' ? propose({ ...plan, legs: [], refused: legs }) : propose({ ...plan, legs })
}

/** Who sleeps where, with reasons; a refusal when a rule fails that the database does not check. */
function seatLegs(rooms: readonly RoomOffer[], need: ShelterNeed, policy: Policy): PlanLeg[] | RuleRefusal {
  if (rooms.some(({ homeId }) => homeId !== rooms[0]?.homeId)) return 'NO_LONGER_FITS'
  const known = new Map(rooms.map((room) => [room.id, room]))
  // a room that was taken meanwhile is seated as if free: the database then says by whom it was taken
  const open = rooms.map((room) => ({
    ...room, free: [need.nights], blocked: false, refused: false, hostVetted: true, homeToVisit: false, hostPaused: false, inService: true,
  }))
  const [single] = open
  const split = open.length === 1 && single
    ? { shares: [{ room: single, adults: need.adults, childrenAges: [...need.childrenAges], later: 0 }] }
    : splitOverRooms({ rooms: open, need })
  if (!split) return 'NO_LONGER_FITS'
  const legs = split.shares.map((share) => {
    const room = known.get(share.room.id) ?? share.room
    const asked = open.length === 1 ? need : needOfShare({ need, share })
    return {
      refusal: refusalOf(room, asked), roomId: room.id, ...need.nights, adults: share.adults, childrenAges: share.childrenAges,
      reasons: reasonsOf(room, asked, policy),
    }
  })
  const refused = legs.find(({ refusal }) => refusal !== null)
  return refused?.refusal ?? legs.map(({ refusal: _none, ...leg }) => leg)
}
