import 'server-only'
import { can } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import { policyInForce } from '@/lib/db/policies'
import { AppError } from '@/lib/errors'
import type { Policy } from '@/lib/matching/policy'
import { unsealShown } from '@/lib/privacy/seal'
import { now } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import type { ReachChoice } from '../schema'
import { readOnward } from './onward'
import { waitingOf, type WaitingArrival } from './waiting'

const MAX_PLACEMENTS = 100

/** One placement of the case, live or over, newest first. No name, no address. */
export interface CasePlacement {
  placementId: string
  planId: string
  planKind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  deadline: Date
  state: 'PROPOSED' | 'CONFIRMED' | 'ARRIVED' | 'DEPARTED' | 'DECLINED' | 'LAPSED' | 'CANCELLED' | 'NOT_ARRIVED'
  roomId: string
  roomName: string
  homeId: string
  hostId: string
  cityId: string
  districtId: string | null
  nights: Nights
  adults: number
  childrenAges: readonly number[]
  needsSecond: boolean
  approverIds: readonly string[]
  yeses: readonly { side: 'HOST' | 'GUEST' | 'COORDINATOR'; way: 'LINK' | 'PHONE' | 'DESK'; at: Date }[]
  extension: { until: Day } | null
  /** The match's reasons as they were frozen. */
  reasons: unknown
  endedSide: 'HOST' | 'GUEST' | 'COORDINATOR' | null
  endedReason: string | null
  createdAt: Date
  confirmedAt: Date | null
  arrivedOn: Day | null
  departedOn: Day | null
  version: number
}

/** Everything a coordinator sees of one arrival. The contact stays sealed: it opens by a recorded reveal only. */
export interface ArrivalCase extends WaitingArrival {
  /** What its first city decides by. */
  policy: Policy
  /** Nights after what is agreed that are still needed; `null` when there are none. */
  onward: Nights | null
  contactKind: ReachChoice
  onwardPlan: string | null
  /** What a coordinator wrote down when they entered the request. */
  note: string | null
  /** The note is there and does not open. */
  noteUnreadable: boolean
  locale: string
  createdAt: Date
  closedAt: Date | null
  placements: CasePlacement[]
}

async function readPlacements(arrivalId: string) {
  return db.placement.findMany({
    where: { arrivalId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MAX_PLACEMENTS,
    include: {
      plan: { select: { kind: true, deadline: true } },
      room: { select: { name: true } },
      home: { select: { cityId: true, districtId: true } },
      yeses: { select: { side: true, way: true, at: true }, orderBy: { at: 'asc' } },
      approvals: { select: { approverId: true } },
      extensions: { where: { state: 'ASKED' }, select: { untilDate: true }, take: 1 },
    },
  })
}

function placementOf(row: Awaited<ReturnType<typeof readPlacements>>[number]): CasePlacement {
  const { plan, room, home, extensions } = row
  const [asked] = extensions
  return {
    placementId: row.id, planId: row.planId, planKind: plan.kind, deadline: plan.deadline, state: row.state,
    roomId: row.roomId, roomName: room.name, homeId: row.homeId, hostId: row.hostId,
    cityId: home.cityId, districtId: home.districtId,
    nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    adults: row.adults, childrenAges: row.childrenAges,
    needsSecond: row.needsSecond,
    approverIds: row.approvals.map(({ approverId }) => approverId),
    yeses: row.yeses,
    extension: asked ? { until: dayOf(asked.untilDate) } : null,
    reasons: row.reasons,
    endedSide: row.endedSide, endedReason: row.endedReason,
    createdAt: row.createdAt, confirmedAt: row.confirmedAt,
    arrivedOn: row.arrivedOn && dayOf(row.arrivedOn),
    departedOn: row.departedOn && dayOf(row.departedOn),
    version: row.version,
  }
}

/**
 * One arrival with all its placements, for a coordinator of one of its cities.
 *
 * @throws AppError NOT_FOUND for an unknown arrival and for one out of reach alike.
 */
export async function arrivalCase(scope: CoordinatorScope, arrivalId: string): Promise<ArrivalCase> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row || !can(scope.actor, 'queue:read', { cityIds: row.cityIds })) throw new AppError('NOT_FOUND')
  const moment = now()
  const [placements, onward, policy] = await Promise.all([
    readPlacements(arrivalId), readOnward(row, moment), policyInForce(row.cityIds[0]),
  ])
  const note = unsealShown(row.noteSealed, { field: 'arrival.note', rowId: row.id })
  return {
    ...waitingOf(row, { moment, onward, policy }),
    policy,
    onward,
    contactKind: row.contactKind,
    onwardPlan: row.onwardPlan,
    note: note.text,
    noteUnreadable: !note.readable,
    locale: row.locale,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    placements: placements.map(placementOf),
  }
}
