import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'

/** Whose answer a proposal still waits for. */
export type Awaited = 'HOST' | 'GUEST' | 'LEAD'

/** Where the open proposal of an arrival stands. */
export interface PlanState {
  deadline: Date
  awaits: Awaited[]
}

const MAX_ARRIVALS = 500

/** The open proposals of the arrivals of a list, by arrival; the earliest clock when there are several. */
export async function readPlanStates(scope: CoordinatorScope, arrivalIds: readonly string[]): Promise<Map<string, PlanState>> {
  const rows = await db.placement.findMany({
    where: {
      state: 'PROPOSED', arrivalId: { in: arrivalIds.slice(0, MAX_ARRIVALS) },
      arrival: { cityIds: { hasSome: [...scope.cityIds] } },
    },
    orderBy: [{ plan: { deadline: 'desc' } }, { id: 'asc' }],
    select: {
      arrivalId: true, needsSecond: true, plan: { select: { deadline: true } },
      yeses: { select: { side: true } }, _count: { select: { approvals: true } },
    },
  })
  const states = new Map<string, PlanState>()
  for (const { arrivalId, plan, yeses, needsSecond, _count } of rows) {
    const said = yeses.map(({ side }) => side)
    const open = (['HOST', 'GUEST'] as const).filter((side) => !said.includes(side))
    const lead = needsSecond && _count.approvals < 2 ? (['LEAD'] as const) : []
    const awaits = new Set<Awaited>([...(states.get(arrivalId)?.awaits ?? []), ...open, ...lead])
    states.set(arrivalId, { deadline: plan.deadline, awaits: [...awaits] })
  }
  return states
}
