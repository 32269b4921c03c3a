import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import type { HomeKind } from '@/lib/hosts/schema'
import { idText } from '@/lib/text/schema'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { isLive, womenFit } from '../rules'
import type { PlacementState, Side } from '../schema'
import { requireReach } from './reach'
import { RECORD, type RecordRow } from './record-row'
import { timelineOf, whoOf, type HistoryEntry, type Who } from './timeline'

/** One of the three yeses, or the second pair of eyes. */
export interface SaidYes {
  side: Side | 'SECOND'
  who: Who
  /** How it came; null for a lead's yes, which is always given here. */
  way: 'LINK' | 'PHONE' | 'DESK' | null
  at: Date
}

/** A room of the same plan; one answer speaks for several of them. */
export interface PlanRoom {
  placementId: string
  roomName: string
  nights: Nights
  state: PlacementState
}

/** Everything a coordinator needs of one placement. Address and contacts open by a recorded reveal only. */
export interface PlacementRecord {
  placementId: string
  arrivalId: string
  code: string
  nickname: string
  contactKind: 'NONE' | 'MAIL' | 'PHONE'
  adults: number
  childrenAges: readonly number[]
  state: PlacementState
  version: number
  nights: Nights
  deadline: Date
  hostId: string
  roomName: string
  homeKind: HomeKind
  cityId: string
  districtId: string | null
  timeZone: string
  hasAddress: boolean
  /** Guests or host wished for women among women, and the household is another one by now. */
  womenChanged: boolean
  /** The signed-in coordinator is the host: somebody else decides. */
  ownHome: boolean
  /** The signed-in coordinator has approved it, so address and contact open for them. */
  approvedByMe: boolean
  needsSecond: boolean
  yeses: SaidYes[]
  /** Last morning the guests ask for and the host has not answered. */
  askedUntil: Day | null
  endedSide: Side | null
  endedReason: string | null
  endedTo: string | null
  others: PlanRoom[]
  history: HistoryEntry[]
}

function yesesOf({ yeses, approvals, plan }: RecordRow): SaidYes[] {
  const three = yeses.map(({ side, way, at, byUser }) => ({ side, way, at, who: whoOf(byUser, side) }))
  const second = approvals.filter(({ approver }) => approver.id !== plan.proposedById)
    .map(({ approver, at }) => ({ side: 'SECOND' as const, way: null, at, who: whoOf(approver, 'COORDINATOR') }))
  return [...three, ...second]
}

// names of staff who moved this placement; the events keep ids only
async function namesOf({ placementEvents }: RecordRow): Promise<Map<string, string>> {
  const ids = placementEvents.map(({ actor }) => actor.replace(/^user:/, '')).filter((id) => idText.safeParse(id).success)
  const users = await db.user.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}

function othersOf({ id, plan }: RecordRow): PlanRoom[] {
  return plan.placements.filter((other) => other.id !== id).map((other) => ({
    placementId: other.id, roomName: other.room.name, state: other.state,
    nights: { from: dayOf(other.fromDate), until: dayOf(other.untilDate) },
  }))
}

function guestsOf({ arrival: { code, nickname, contactKind } }: RecordRow) {
  return { code, nickname, contactKind }
}

// as the database's women_fit
function placeOf({ home, room, host, hostId }: RecordRow, userId: string) {
  return {
    hostId, roomName: room.name, homeKind: home.kind, cityId: home.cityId, districtId: home.districtId,
    timeZone: home.city.timeZone, hasAddress: home.addressSealed !== null, ownHome: host.userId === userId,
  }
}

/**
 * One placement with its history, for a coordinator of its city.
 *
 * @throws AppError NOT_FOUND for an unknown placement and for one out of reach alike.
 */
export async function placementRecord(scope: CoordinatorScope, placementId: string): Promise<PlacementRecord> {
  const { userId } = scope.actor
  await requireReach(scope.actor, 'queue:read', placementId)
  const row = await db.placement.findUniqueOrThrow({ where: { id: placementId }, include: RECORD })
  const asked = row.extensions.find(({ state }) => state === 'ASKED')
  return {
    placementId, arrivalId: row.arrivalId, ...guestsOf(row),
    womenChanged: isLive(row.state) && !womenFit(row),
    adults: row.adults, childrenAges: row.childrenAges, state: row.state, version: row.version,
    nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    deadline: row.plan.deadline,
    ...placeOf(row, userId),
    approvedByMe: row.approvals.some(({ approver }) => approver.id === userId),
    needsSecond: row.needsSecond,
    yeses: yesesOf(row),
    askedUntil: asked ? dayOf(asked.untilDate) : null,
    endedSide: row.endedSide, endedReason: row.endedReason, endedTo: row.endedTo,
    others: othersOf(row),
    history: timelineOf(row, await namesOf(row)),
  }
}
