import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { asksFor } from '@/lib/db/asks-for'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import { Prisma, type Arrival } from '@/lib/db/generated/client'
import { findCity } from '@/lib/places/places'
import { now } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { codesIn } from './search-text'

/** Lists beside the queue: by what their placements are doing. */
export const STAY_VIEWS = ['LATE', 'SECOND', 'ARRIVING', 'STAYING', 'ONWARD', 'OVERDUE', 'EVERYBODY'] as const
export type StayView = (typeof STAY_VIEWS)[number]

/** Hours after which a proposal without all answers is called late. */
const LATE_HOURS = 2
const MAX_LIMIT = 500

/** A party of a list; no contact, no note. */
export interface StayingArrival {
  id: string
  code: string
  nickname: string
  state: Arrival['state']
  adults: number
  childrenAges: readonly number[]
  /** As asked for; in the list of those who need nights beside what is agreed, these. */
  nights: Nights
  /** Nights beside what is agreed, in the list of those who need them; else `null`. */
  onward: Nights | null
  cityIds: readonly string[]
  districtId: string | null
  waitingSince: Date
  timeZone: string
  animals: boolean
  stepFree: boolean
  womanAlone: boolean
  womenOnly: boolean
  unwell: boolean
  unsafeToReturn: boolean
  brokenPlacement: boolean
  groupId: string | null
  growth: boolean
}

const silent = Prisma.sql`(select count(*) from yes y where y.placement_id = p.id and y.side <> 'COORDINATOR') < 2`
const lacksSecond = Prisma.sql`p.needs_second
  and (select count(*) from approval ap where ap.placement_id = p.id) < 2`

/** The first nights beside the places held for which there is none; null when none is left. */
function onwardNights(moment: Date): Prisma.Sql {
  return Prisma.sql`onward_nights(a.id, (${moment}::timestamptz at time zone c.time_zone)::date)`
}

/** Parties with such a placement. It names no party, so that it is asked once and not for each of them; `c` is the party's first city. */
function placed(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`a.id in (select p.arrival_id from placement p join plan on plan.id = p.plan_id
    join arrival guest on guest.id = p.arrival_id join city c on c.id = guest.city_ids[1] where ${condition})`
}

function filterOf(view: StayView, moment: Date): Prisma.Sql {
  switch (view) {
    case 'LATE': return placed(Prisma.sql`p.state = 'PROPOSED' and ${silent}
      and plan.created_at < ${new Date(moment.getTime() - LATE_HOURS * 3_600_000)}::timestamptz`)
    case 'SECOND': return placed(Prisma.sql`p.state = 'PROPOSED' and ${lacksSecond}`)
    case 'ARRIVING': return placed(Prisma.sql`p.state = 'CONFIRMED'
      and p.from_date <= (${moment}::timestamptz at time zone c.time_zone)::date`)
    case 'STAYING': return placed(Prisma.sql`p.state = 'ARRIVED'`)
    case 'ONWARD': return Prisma.sql`a.state = 'PLACED' and a.onward_until is not null and ${onwardNights(moment)} is not null`
    // the clock closes it a week later (docs/adr/0015); until then somebody may still record what was
    case 'OVERDUE': return placed(Prisma.sql`p.state in ('CONFIRMED', 'ARRIVED')
      and p.until_date < (${moment}::timestamptz at time zone c.time_zone)::date`)
    case 'EVERYBODY': return Prisma.sql`true`
  }
}

/** What is read of a party before its row; the days only in the list of those who need nights after. */
interface OnwardRow {
  id: string
  from: Day | null
  until: Day | null
}

function orderOf(view: StayView): Prisma.Sql {
  if (view === 'EVERYBODY') return Prisma.sql`a.waiting_since desc`
  return view === 'ONWARD' ? Prisma.sql`a.broken_placement desc, a.waiting_since` : Prisma.sql`a.waiting_since`
}

/**
 * Parties of a scope by what their placements are doing, or by code or nickname; who asked last comes first, and in
 * lists of open work who asked first, among those who need nights after those whose stay broke.
 *
 * @param search a spoken code in any habit, or a part of a nickname. @param limit at most 500.
 */
export async function listStays(
  scope: CoordinatorScope, { view, search, limit }: { view: StayView; search?: string; limit: number },
): Promise<StayingArrival[]> {
  const moment = now()
  const found = search === undefined ? Prisma.sql`true`
    : Prisma.sql`(a.code = any (${codesIn(search)}::text[]) or strpos(lower(a.nickname), lower(${search}::text)) > 0)`
  const order = orderOf(view)
  const rows = await db.$queryRaw<OnwardRow[]>`
    select a.id::text as id, lower(onward.nights)::text as "from", upper(onward.nights)::text as "until"
    from arrival a join city c on c.id = a.city_ids[1]
      left join lateral (select case when ${view === 'ONWARD'}::boolean then ${onwardNights(moment)} end as nights) onward on true
    where ${asksFor(scope.cityIds)} and a.erased_at is null and ${filterOf(view, moment)} and ${found}
    order by ${order}, a.id limit ${Math.min(limit, MAX_LIMIT)}::int`
  const arrivals = await db.arrival.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })
  const byId = new Map(arrivals.map((row) => [row.id, row]))
  return rows.flatMap(({ id, from, until }) => {
    const row = byId.get(id)
    return row ? [toStaying(row, from !== null && until !== null ? { from, until } : null)] : []
  })
}

/** How many parties each of these lists holds. */
export async function countStays(scope: CoordinatorScope): Promise<Record<StayView, number>> {
  const moment = now()
  const tally = (view: StayView) => Prisma.sql`(count(*) filter (where ${filterOf(view, moment)}))::int`
  const rows = await db.$queryRaw<Record<StayView, number>[]>`
    select ${tally('LATE')} as "LATE", ${tally('SECOND')} as "SECOND", ${tally('ARRIVING')} as "ARRIVING",
      ${tally('STAYING')} as "STAYING", ${tally('ONWARD')} as "ONWARD",
      ${tally('OVERDUE')} as "OVERDUE", ${tally('EVERYBODY')} as "EVERYBODY"
    from arrival a join city c on c.id = a.city_ids[1]
    where ${asksFor(scope.cityIds)} and a.erased_at is null`
  const [counts] = rows
  if (!counts) throw new Error('an aggregate answers one row')
  return counts
}

function toStaying(row: Arrival, onward: Nights | null): StayingArrival {
  const { id, code, nickname, state, adults, childrenAges, cityIds, districtId, waitingSince } = row
  const { animals, stepFree, womanAlone, womenOnly, unwell, unsafeToReturn, brokenPlacement, groupId } = row
  return {
    id, code, nickname, state, adults, childrenAges, cityIds, districtId, waitingSince,
    animals, stepFree, womanAlone, womenOnly, unwell, unsafeToReturn, brokenPlacement, groupId,
    nights: onward ?? { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    onward,
    timeZone: findCity(cityIds[0] ?? '')?.timeZone ?? 'UTC',
    growth: row.growthPersons !== null,
  }
}
