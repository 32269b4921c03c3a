import 'server-only'
import { can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { factsOf, clockOf } from '@/lib/arrivals/queries/facts'
import { needOf } from '@/lib/arrivals/rules/need'
import { AppError } from '@/lib/errors'
import { firstMismatch, type Mismatch } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { freezeReasons } from '@/lib/matching/reasons'
import { needOfShare, splitOverRooms } from '@/lib/matching/several-rooms'
import { shiftNeed } from '@/lib/matching/shift'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { now } from '@/lib/time/clock'
import { dayInZone, daysBetween, type Day } from '@/lib/time/day'
import { readRooms } from '../queries/free-rooms'
import type { Transition } from './call'
import { propose, type PlanLeg } from './propose'

export interface ProposeMatch extends Transition {
  actor: UserActor
  arrivalId: string
  /** First night, as the coordinator saw it. */
  from: Day
  /** One room, or several of one home. */
  roomIds: readonly string[]
}

/** What the database answers better than we do: with who was faster, under the lock. */
const LEFT_TO_THE_LOCK: ReadonlySet<Mismatch> = new Set<Mismatch>([
  'NOT_FREE', 'BLOCKED', 'REFUSED_BEFORE', 'HOST_NOT_VETTED', 'HOST_PAUSED', 'OUT_OF_SERVICE', 'TOO_FEW_BEDS',
])

/**
 * Proposes the rooms a coordinator chose, for the nights they saw. Seats and reasons are worked out anew from the
 * rooms' ids and frozen into the placements: nothing of them comes from the form.
 *
 * @returns as `propose`; `NO_LONGER_FITS` when a rule of the match fails by now that holds no lock.
 * @throws AppError NOT_FOUND when arrival or rooms are outside the actor's cities.
 */
export async function proposeMatch({ actor, key, requestHash, arrivalId, from, roomIds }: ProposeMatch) {
  const { need, today } = await readNeed(actor, arrivalId)
  const moved = shiftNeed(need, daysBetween(need.nights.from, from))
  const agreed = Math.abs(daysBetween(need.nights.from, from)) <= need.flexibleNights
  const { rooms } = await readRooms(roomIds, { need: moved ?? need, today, restedNights: DEFAULT_POLICY.scales.restedNights })
  const legs = moved && agreed && rooms.length === roomIds.length ? seatLegs(rooms, moved) : null
  if (legs === null) return { ok: false as const, reason: 'NO_LONGER_FITS' as const, detail: {} }
  return propose({ actor, key, requestHash, arrivalId, kind: legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE', legs })
}

async function readNeed(actor: UserActor, arrivalId: string): Promise<{ need: ShelterNeed; today: Day }> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row || !can(actor, 'plan:propose', { cityIds: row.cityIds })) throw new AppError('NOT_FOUND')
  const clock = clockOf(row.cityIds, now())
  return { need: needOf(factsOf(row), clock), today: dayInZone(clock.now, clock.timeZone) }
}

/** Who sleeps where, with reasons; `null` when a rule fails that the database does not check. */
function seatLegs(rooms: readonly RoomOffer[], need: ShelterNeed): PlanLeg[] | null {
  if (rooms.some(({ homeId }) => homeId !== rooms[0]?.homeId)) return null
  const known = new Map(rooms.map((room) => [room.id, room]))
  // a room that was taken meanwhile is seated as if free: the database then says by whom it was taken
  const open = rooms.map((room) => ({ ...room, free: [need.nights], blocked: false, refused: false, hostVetted: true, hostPaused: false, inService: true }))
  const [single] = open
  const split = open.length === 1 && single
    ? { shares: [{ room: single, adults: need.adults, childrenAges: [...need.childrenAges], later: 0 }] }
    : splitOverRooms({ rooms: open, need })
  if (!split) return null
  const legs = split.shares.filter(({ adults }) => adults > 0).map((share) => {
    const room = known.get(share.room.id) ?? share.room
    const asked = open.length === 1 ? need : needOfShare({ need, share })
    const failed = firstMismatch({ ...room, free: [need.nights] }, asked)
    if (failed !== null && !LEFT_TO_THE_LOCK.has(failed)) return null
    const reasons = freezeReasons({ explanation: explain(room, asked, DEFAULT_POLICY), policy: DEFAULT_POLICY })
    return { roomId: room.id, ...need.nights, adults: share.adults, childrenAges: share.childrenAges, reasons }
  })
  return legs.every((leg) => leg !== null) ? legs : null
}
