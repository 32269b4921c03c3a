import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import type { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { groupBy } from '@/lib/matching/room-choice'
import type { Nights } from '@/lib/time/nights'
import { isLive } from '../rules'
import type { PlacementState, Side } from '../schema'
import { homeCodeOf, type HomeKind } from './room-facts'
import { codesIn } from './search-text'

const MAX_PLACEMENTS = 60

/** One yes of a placement: who gave it, how and when. `byName` only where a coordinator recorded or gave it. */
export interface SaidYes {
  side: Side
  way: 'LINK' | 'PHONE' | 'DESK'
  at: Date
  byName: string | null
}

/** One room of a plan as the case shows it. */
export interface PlacementLine {
  id: string
  state: PlacementState
  roomName: string
  homeCode: string
  homeKind: HomeKind
  cityId: string
  districtId: string | null
  nights: Nights
  adults: number
  childrenAges: readonly number[]
  yeses: SaidYes[]
  /** The lead's yes, where a second pair of eyes is due. */
  second: 'NOT_NEEDED' | 'DUE' | { byName: string; at: Date }
  /** Ids of those who approved already: they cannot approve again. */
  approverIds: readonly string[]
}

/** What was approved together. */
export interface PlanCard {
  id: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  deadline: Date
  createdAt: Date
  proposedBy: string
  live: boolean
  placements: PlacementLine[]
}

const SELECT = {
  plan: { include: { proposer: { select: { name: true } } } },
  room: { select: { name: true } },
  home: { select: { id: true, kind: true, cityId: true, districtId: true } },
  yeses: { include: { byUser: { select: { name: true } } }, orderBy: { at: 'asc' } },
  approvals: { include: { approver: { select: { name: true } } }, orderBy: { at: 'asc' } },
} satisfies Prisma.PlacementInclude
type Row = Prisma.PlacementGetPayload<{ include: typeof SELECT }>

/** Plans of an arrival, newest first, with their placements; of a coordinator's cities only. */
export async function listPlans(scope: CoordinatorScope, arrivalId: string): Promise<PlanCard[]> {
  const rows = await db.placement.findMany({
    where: { arrivalId, arrival: { cityIds: { hasSome: [...scope.cityIds] } } },
    orderBy: [{ createdAt: 'desc' }, { fromDate: 'asc' }, { id: 'asc' }], take: MAX_PLACEMENTS, include: SELECT,
  })
  return groupBy(rows, ({ planId }) => planId).flatMap(([, placements]) => placements[0] ? [toPlan(placements[0].plan, placements)] : [])
}

/**
 * The arrival behind a spoken code.
 *
 * @throws AppError NOT_FOUND for an unknown code and for one out of reach alike.
 */
export async function findArrivalId(scope: CoordinatorScope, code: string): Promise<string> {
  const row = await db.arrival.findFirst({
    where: { code: { in: codesIn(code) }, cityIds: { hasSome: [...scope.cityIds] }, erasedAt: null }, select: { id: true },
    orderBy: { code: 'asc' },
  })
  if (!row) throw new AppError('NOT_FOUND')
  return row.id
}

function toPlan(plan: Row['plan'], rows: readonly Row[]): PlanCard {
  const { id, kind, deadline, createdAt, proposer } = plan
  return {
    id, kind, deadline, createdAt, proposedBy: proposer.name,
    live: rows.some(({ state }) => isLive(state)),
    placements: rows.map(toLine),
  }
}

function toLine(row: Row): PlacementLine {
  const { id, state, room, home, adults, childrenAges, yeses, approvals } = row
  return {
    id, state, adults, childrenAges,
    roomName: room.name, homeCode: homeCodeOf(home.id), homeKind: home.kind, cityId: home.cityId, districtId: home.districtId,
    nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    yeses: yeses.map(({ side, way, at, byUser }) => ({ side, way, at, byName: way === 'LINK' ? null : (byUser?.name ?? null) })),
    second: secondOf(row),
    approverIds: approvals.map(({ approverId }) => approverId),
  }
}

function secondOf({ needsSecond, approvals }: Row): PlacementLine['second'] {
  if (!needsSecond) return 'NOT_NEEDED'
  const [, second] = approvals
  return second ? { byName: second.approver.name, at: second.at } : 'DUE'
}
