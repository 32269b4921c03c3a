import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { asksFor } from '@/lib/db/asks-for'
import { db } from '@/lib/db/client'
import { Prisma, type Arrival } from '@/lib/db/generated/client'
import { policiesInForce } from '@/lib/db/policies'
import type { Policy } from '@/lib/matching/policy'
import { priorityOf, type Priority } from '@/lib/matching/priority'
import type { ShelterNeed } from '@/lib/matching/types'
import { now } from '@/lib/time/clock'
import type { Nights } from '@/lib/time/nights'
import { needOf, type ArrivalFacts } from '../rules/need'
import { effectiveNights } from '../rules/nights'
import { urgencyOf } from '../rules/urgency'
import type { ArrivalSource, ArrivalState, QueueView } from '../schema'
import { clockOf, factsWith } from './facts'
import { cityPolicy, points, today } from './order'

const MAX_LIMIT = 500

/** One row of the coordinator's queue. No contact, no note, no token. */
export interface WaitingArrival extends Omit<ArrivalFacts, 'nights'> {
  code: string
  nickname: string
  state: ArrivalState
  source: ArrivalSource
  groupId: string | null
  /** Persons, infants included. */
  persons: number
  /** Nights still needed: shifted to today when the first asked for is over. */
  nights: Nights
  /** Nights as they were asked for. */
  askedNights: Nights
  unwell: boolean
  unsafeToReturn: boolean
  brokenPlacement: boolean
  waitingSince: Date
  lookedAt: Date | null
  assignedUserId: string | null
  /** IANA name of the first city's zone. */
  timeZone: string
  priority: Priority
  /** What the matcher gets. */
  need: ShelterNeed
  version: number
}

/** What a row of the queue is made with. `onward`: the nights it needs after those that are agreed; `policy`: its first city's. */
interface Around { moment: Date; onward: Nights | null; policy: Policy }

/** A row of the table as a row of the queue. */
export function waitingOf(row: Arrival, { moment, onward, policy }: Around): WaitingArrival {
  const facts = factsWith(row, onward)
  const clock = clockOf(row.cityIds, moment)
  const need = needOf(facts, clock)
  const { unwell, unsafeToReturn, brokenPlacement, waitingSince } = row
  const urgent = urgencyOf({ ...facts, unwell, unsafeToReturn, brokenPlacement, waitingSince }, clock)
  return {
    ...facts,
    code: row.code, nickname: row.nickname, state: row.state, source: row.source, groupId: row.groupId,
    persons: urgent.persons,
    nights: effectiveNights(facts, need.nights.from),
    askedNights: facts.nights,
    unwell, unsafeToReturn, brokenPlacement, waitingSince,
    lookedAt: row.lookedAt,
    assignedUserId: row.assignedUserId,
    timeZone: clock.timeZone,
    priority: priorityOf(urgent, policy),
    need,
    version: row.version,
  }
}

// it names no party, so that it is asked once and not for each of them
function silent(side: 'HOST' | 'GUEST'): Prisma.Sql {
  return Prisma.sql`a.id in (select p.arrival_id from placement p where p.state = 'PROPOSED'
    and not exists (select 1 from yes y where y.placement_id = p.id and y.side = ${side}::side))`
}

function filterOf(view: QueueView, moment: Date): Prisma.Sql {
  switch (view) {
    case 'TONIGHT': return Prisma.sql`a.from_date <= ${today(moment)}`
    case 'TOMORROW': return Prisma.sql`a.from_date = ${today(moment)} + 1`
    case 'FAMILIES': return Prisma.sql`cardinality(a.children_ages) > 0`
    case 'GROUPS': return Prisma.sql`(a.group_id is not null or a.adults + cardinality(a.children_ages) > 8)`
    case 'WAITING_HOST': return silent('HOST')
    case 'WAITING_GUEST': return silent('GUEST')
    case 'BROKEN': return Prisma.sql`a.broken_placement`
    case 'ALL': return Prisma.sql`true`
  }
}

/**
 * Who waits in the cities of a scope, most urgent first: priority points, then who asked first, then the id.
 *
 * @param limit at most 500.
 */
export async function listWaiting(scope: CoordinatorScope, { view, limit }: { view: QueueView; limit: number }): Promise<WaitingArrival[]> {
  const moment = now()
  const rows = await db.$queryRaw<{ id: string; cityId: string }[]>`
    select a.id::text as id, c.id as "cityId" from arrival a join city c on c.id = a.city_ids[1] ${cityPolicy}
    where a.state in ('OPEN', 'OFFERED') and ${asksFor(scope.cityIds)} and ${filterOf(view, moment)}
    order by ${points(moment)} desc, a.waiting_since, a.id limit ${Math.min(limit, MAX_LIMIT)}::int`
  const [found, policyOf] = await Promise.all([
    db.arrival.findMany({ where: { id: { in: rows.map(({ id }) => id) } } }),
    policiesInForce([...new Set(rows.map(({ cityId }) => cityId))]),
  ])
  const byId = new Map(found.map((row) => [row.id, row]))
  return rows.flatMap(({ id, cityId }) => {
    const row = byId.get(id)
    return row ? [waitingOf(row, { moment, onward: null, policy: policyOf(cityId) })] : []
  })
}

/** How many parties each view of the queue holds, for its tabs. */
export async function countWaiting(scope: CoordinatorScope): Promise<Record<QueueView, number>> {
  const moment = now()
  const tally = (view: QueueView) => Prisma.sql`(count(*) filter (where ${filterOf(view, moment)}))::int`
  const rows = await db.$queryRaw<Record<QueueView, number>[]>`
    select ${tally('TONIGHT')} as "TONIGHT", ${tally('TOMORROW')} as "TOMORROW", ${tally('FAMILIES')} as "FAMILIES",
      ${tally('GROUPS')} as "GROUPS", ${tally('WAITING_HOST')} as "WAITING_HOST",
      ${tally('WAITING_GUEST')} as "WAITING_GUEST", ${tally('BROKEN')} as "BROKEN", ${tally('ALL')} as "ALL"
    from arrival a join city c on c.id = a.city_ids[1]
    where a.state in ('OPEN', 'OFFERED') and ${asksFor(scope.cityIds)}`
  const [counts] = rows
  if (!counts) throw new Error('an aggregate answers one row')
  return counts
}
