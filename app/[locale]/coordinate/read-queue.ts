import type { QueueEntry } from '@/components/placements/shapes'
import { countWaiting, listWaiting, type WaitingArrival } from '@/lib/arrivals/queries/waiting'
import type { CoordinatorScope } from '@/lib/auth/session'
import { readRoomsAtHand, type RoomAtHand } from '@/lib/placements/queries/rooms-at-hand'
import { readPlanStates, type PlanState } from '@/lib/placements/queries/plan-states'
import { countStays, listStays, type StayingArrival } from '@/lib/placements/queries/stays'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'

/** The lists of the first page, in the order of their tabs. */
export const VIEWS = ['waiting', 'tonight', 'onward', 'families', 'host', 'guest', 'late', 'second', 'arriving', 'staying', 'overdue', 'all'] as const
export type View = (typeof VIEWS)[number]

const WAITING = { waiting: 'ALL', tonight: 'TONIGHT', families: 'FAMILIES', host: 'WAITING_HOST', guest: 'WAITING_GUEST' } as const
const STAYS = { late: 'LATE', second: 'SECOND', arriving: 'ARRIVING', staying: 'STAYING', onward: 'ONWARD', overdue: 'OVERDUE', all: 'EVERYBODY' } as const

export type QueueWanted = { view: View; search: string; limit: number }

/** The view an address names; the queue where it names none of ours. */
export function viewOf(text: string | undefined): View {
  return VIEWS.find((view) => view === text) ?? 'waiting'
}

function isWaitingView(view: View): view is keyof typeof WAITING {
  return view in WAITING
}

async function readRows(scope: CoordinatorScope, { view, search, limit }: QueueWanted): Promise<(WaitingArrival | StayingArrival)[]> {
  if (search !== '') return listStays(scope, { view: 'EVERYBODY', search, limit })
  if (isWaitingView(view)) return listWaiting(scope, { view: WAITING[view], limit })
  return listStays(scope, { view: STAYS[view], limit })
}

/** What a row says beside its party. */
interface Around {
  plan: PlanState | null
  atHand: RoomAtHand | null
  moment: Date
}

/** One row of a list, ready to be drawn. */
export function entryOf(row: WaitingArrival | StayingArrival, { plan, atHand, moment }: Around): QueueEntry {
  const onward = 'onward' in row && row.onward !== null
  const waits = row.state === 'OPEN' || row.state === 'OFFERED' || onward
  const tonight = waits && row.nights.from <= dayInZone(moment, row.timeZone)
  return { ...row, tonight, onward, plan, atHand, growing: typeof row.growth === 'boolean' ? row.growth : row.growth !== null }
}

/** Reads a list of parties, most urgent first where people wait. */
export async function readQueue(scope: CoordinatorScope, wanted: QueueWanted): Promise<QueueEntry[]> {
  const rows = await readRows(scope, wanted)
  const moment = now()
  const looking = rows.flatMap((row) => 'need' in row && row.state === 'OPEN' ? [{ need: row.need, today: dayInZone(moment, row.timeZone) }] : [])
  const [plans, rooms] = await Promise.all([readPlanStates(scope, rows.map(({ id }) => id)), readRoomsAtHand(scope, looking)])
  return rows.map((row) => entryOf(row, { plan: plans.get(row.id) ?? null, atHand: rooms.get(row.id) ?? null, moment }))
}

/** How many parties each list holds. */
export async function countQueue(scope: CoordinatorScope): Promise<Record<View, number>> {
  const [waiting, stays] = await Promise.all([countWaiting(scope), countStays(scope)])
  return {
    waiting: waiting.ALL, tonight: waiting.TONIGHT, families: waiting.FAMILIES, host: waiting.WAITING_HOST, guest: waiting.WAITING_GUEST,
    late: stays.LATE, second: stays.SECOND, arriving: stays.ARRIVING, staying: stays.STAYING, onward: stays.ONWARD, overdue: stays.OVERDUE, all: stays.EVERYBODY,
  }
}
