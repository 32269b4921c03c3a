import 'server-only'
import { can, type UserActor } from '@/lib/auth/rules'
import { scopeOf } from '@/lib/auth/queries'
import { db } from '@/lib/db/client'
import { clockOf, factsWith } from '@/lib/arrivals/queries/facts'
import { readOnward } from '@/lib/arrivals/queries/onward'
import { needOf } from '@/lib/arrivals/rules/need'
import { AppError } from '@/lib/errors'
import { findMismatches, type Mismatch } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { partySize } from '@/lib/matching/party'
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

type Refusal = 'NO_LONGER_FITS' | 'TOO_FEW_BEDS'

/** What the database answers better than we do: with who was faster, under the lock. */
const LEFT_TO_THE_LOCK: ReadonlySet<Mismatch> = new Set<Mismatch>([
  'NOT_FREE', 'BLOCKED', 'REFUSED_BEFORE', 'HOST_NOT_VETTED', 'HOME_TO_VISIT', 'HOST_PAUSED', 'OUT_OF_SERVICE', 'TOO_FEW_BEDS',
])

/**
 * Proposes the rooms a coordinator chose, for the nights they saw. Seats and reasons are worked out anew from the
 * rooms' ids and frozen into the placements: nothing of them comes from the form.
 *
 * @returns as `propose`; `NO_LONGER_FITS` when a rule of the match fails by now that holds no lock, `TOO_FEW_BEDS` when
 *   those who come later would find no bed, of which the database knows nothing.
 * @throws AppError NOT_FOUND when arrival or rooms are outside the actor's cities.
 */
export async function proposeMatch({ actor, key, requestHash, arrivalId, from, roomIds }: ProposeMatch) {
  const { need, today } = await readNeed(actor, arrivalId)
  const moved = shiftNeed(need, daysBetween(need.nights.from, from))
  const agreed = Math.abs(daysBetween(need.nights.from, from)) <= need.flexibleNights
  const facts = { need: moved ?? need, today, restedNights: DEFAULT_POLICY.scales.restedNights }
  const { rooms } = await readRooms(scopeOf(actor), roomIds, facts)
  const legs = moved && agreed && rooms.length === roomIds.length ? seatLegs(rooms, moved) : 'NO_LONGER_FITS'
  if (typeof legs === 'string') return { ok: false as const, reason: legs, detail: {} }
  return propose({ actor, key, requestHash, arrivalId, kind: legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE', legs })
}

async function readNeed(actor: UserActor, arrivalId: string): Promise<{ need: ShelterNeed; today: Day }> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row || !can(actor, 'plan:propose', { cityIds: row.cityIds })) throw new AppError('NOT_FOUND')
  const clock = clockOf(row.cityIds, now())
  return { need: needOf(factsWith(row, await readOnward(row, clock.now)), clock), today: dayInZone(clock.now, clock.timeZone) }
}

/** Who sleeps where, with reasons; a refusal when a rule fails that the database does not check. */
function seatLegs(rooms: readonly RoomOffer[], need: ShelterNeed): PlanLeg[] | Refusal {
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
    const reasons = freezeReasons({ explanation: explain(room, asked, DEFAULT_POLICY), policy: DEFAULT_POLICY })
    return { refusal: refusalOf(room, asked), roomId: room.id, ...need.nights, adults: share.adults, childrenAges: share.childrenAges, reasons }
  })
  const refused = legs.find(({ refusal }) => refusal !== null)
  return refused?.refusal ?? legs.map(({ refusal: _none, ...leg }) => leg)
}

function refusalOf(room: RoomOffer, asked: ShelterNeed): Refusal | null {
  const failed = findMismatches({ ...room, free: [asked.nights] }, asked)
  if (!failed.every((rule) => LEFT_TO_THE_LOCK.has(rule))) return 'NO_LONGER_FITS'
  // the lock counts those who come first; a bed for those who come later is counted here or nowhere
  return failed.includes('TOO_FEW_BEDS') && partySize(asked) <= room.beds ? 'TOO_FEW_BEDS' : null
}
