import 'server-only'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import { AppError } from '@/lib/errors'
import { womenFit } from '@/lib/placements/rules'
import { now } from '@/lib/time/clock'
import { dayInZone, laterDay, type Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { needOf } from '../rules/need'
import type { LiveState, StayHome, StayPlan, StayRoom, StayView } from '../rules/stay'
import { clockOf, factsOf, isWaiting } from './facts'
import { readOnward } from './onward'
import { countAhead } from './queue'

const MAX_LIVE = 60
const MAX_ENDED = 1

async function readLive(arrivalId: string) {
  return db.placement.findMany({
    where: { arrivalId, state: { in: ['PROPOSED', 'CONFIRMED', 'ARRIVED'] } },
    orderBy: [{ fromDate: 'asc' }, { id: 'asc' }],
    take: MAX_LIVE,
    include: {
      plan: { select: { deadline: true } },
      room: { select: { sleeps: true, sharedHall: true, privateBath: true, quiet: true } },
      home: true,
      host: {
        select: {
          animalsHere: true, childrenHere: true, smoking: true, womenOnlyHousehold: true, languages: true, contactShown: true,
          womenOnlyGuests: true,
        },
      },
      arrival: { select: { womenOnly: true, allWomen: true } },
      yeses: { select: { side: true } },
      extensions: { orderBy: { askedAt: 'desc' }, take: 1 },
    },
  })
}

type LiveRow = Awaited<ReturnType<typeof readLive>>[number]

function groupBy(rows: LiveRow[], keyOf: (row: LiveRow) => string): LiveRow[][] {
  const groups = new Map<string, LiveRow[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()]
}

function roomOf(row: LiveRow): StayRoom {
  return {
    placementId: row.id,
    nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) },
    guests: row.adults + row.childrenAges.length,
    sleeps: row.room.sleeps,
    sharedHall: row.room.sharedHall,
    privateBath: row.room.privateBath,
    quiet: row.room.quiet,
  }
}

interface Around {
  today: Day
  /** Nights still needed beside what is agreed. */
  onward: Nights | null
}

function homeOf(rows: LiveRow[], { today, onward }: Around): StayHome {
  const [first] = rows
  if (!first) throw new RangeError('a home without rooms')
  const rooms = rows.map(roomOf)
  const { home, host: { womenOnlyGuests, ...host }, arrival, extensions: [asked] } = first
  const from = rooms.map(({ nights }) => nights.from).reduce((one, other) => (one < other ? one : other))
  const until = rooms.map(({ nights }) => nights.until).reduce(laterDay)
  return {
    placementId: first.id,
    state: first.state as LiveState,
    cityId: home.cityId, districtId: home.districtId, kind: home.kind,
    stepFree: home.stepFree, ownEntrance: home.ownEntrance, houseRules: home.houseRules,
    ...host,
    householdChanged: first.state === 'CONFIRMED' && !womenFit({ arrival, host: { ...host, womenOnlyGuests } }),
    nights: { from, until },
    rooms,
    extension: asked ? { until: dayOf(asked.untilDate), state: asked.state, searching: onward !== null && onward.until > until } : null,
    mayArrive: from <= today || dayOf(new Date(first.fromDate.getTime() - 86_400_000)) <= today,
  }
}

function hasSaidYes({ yeses }: LiveRow, side: 'HOST' | 'GUEST'): boolean {
  return yeses.some((yes) => yes.side === side)
}

function planOf(rows: LiveRow[], around: Around): StayPlan {
  const [first] = rows
  if (!first) throw new RangeError('a plan without placements')
  return {
    planId: first.planId,
    deadline: first.plan.deadline,
    guestSaidYes: rows.every((row) => hasSaidYes(row, 'GUEST')),
    hostsSaidYes: rows.every((row) => row.state !== 'PROPOSED' || hasSaidYes(row, 'HOST')),
    homes: groupBy(rows, (row) => `${row.homeId}:${row.state}`).map((rooms) => homeOf(rooms, around)),
  }
}

async function readLastEnd(arrivalId: string) {
  const [last] = await db.placement.findMany({
    where: { arrivalId, state: { notIn: ['PROPOSED', 'CONFIRMED', 'ARRIVED'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MAX_ENDED,
    select: { state: true, endedSide: true },
  })
  return last ? { state: last.state, side: last.endedSide } : null
}

/** The day the database will erase on: what is shown is what is kept. */
async function readEraseDay(arrivalId: string): Promise<Day> {
  const [row] = await db.$queryRaw<{ day: Day | null }[]>`select erase_day(${arrivalId}::uuid)::text as day`
  if (!row?.day) throw new Error('an arrival without a day to be erased on')
  return row.day
}

/**
 * A newcomer's own page: where their request stands, what is proposed, what is agreed. Never an address or a name of a
 * host; those open by a recorded reveal.
 *
 * @param arrivalId of the newcomer who asks, from their secret.
 * @throws AppError NOT_FOUND when there is no such arrival.
 */
export async function stayView(arrivalId: string): Promise<StayView> {
  const row = await db.arrival.findUnique({ where: { id: arrivalId } })
  if (!row) throw new AppError('NOT_FOUND')
  const moment = now()
  const facts = factsOf(row)
  const { timeZone } = clockOf(row.cityIds, moment)
  const today = dayInZone(moment, timeZone)
  const { nights } = isWaiting(row.state) ? needOf(facts, { now: moment, timeZone }) : facts
  const [live, lastEnd, peopleAhead, onward] = await Promise.all([
    readLive(arrivalId), readLastEnd(arrivalId), isWaiting(row.state) ? countAhead(arrivalId, moment) : null, readOnward(row, moment),
  ])
  return {
    arrivalId, code: row.code, nickname: row.nickname, state: row.state,
    cityId: row.cityIds[0] ?? '', timeZone, now: moment, today, nights, onward,
    adults: row.adults, childrenAges: row.childrenAges, contactKind: row.contactKind,
    queue: peopleAhead === null ? null : { peopleAhead, lookedAt: row.lookedAt },
    plans: groupBy(live, ({ planId }) => planId).map((rows) => planOf(rows, { today, onward })),
    lastEnd,
    deletionDay: await readEraseDay(arrivalId),
  }
}
