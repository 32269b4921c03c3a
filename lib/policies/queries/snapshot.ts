import 'server-only'
import { z } from 'zod'
import { dayOf } from '@/lib/db/dates'
import type { Arrival } from '@/lib/db/generated/client'
import { readTogether, type Tx } from '@/lib/db/transaction'
import type { Past, PastParty, PastRoom } from '@/lib/matching/rehearsal'
import type { RoomOffer } from '@/lib/matching/types'
import { findCity } from '@/lib/places/places'
import { now } from '@/lib/time/clock'
import { addDays, dayInZone, type Day } from '@/lib/time/day'
import { subtractRuns, type Nights } from '@/lib/time/nights'
import { MOST_REHEARSED } from '../schema'

type Facts = Omit<RoomOffer, 'free' | 'hostStays' | 'rowBreakNights' | 'blocked' | 'refused'>
/** Runs by the id of a room or a host. */
const runsSchema = z.array(z.tuple([z.string(), z.string(), z.string()]))
type Run = z.infer<typeof runsSchema>[number]
type RoomRow = Facts & { since: Day }
interface Asked { cityId: string; timeZone: string; days: Nights }

/**
 * Reads the last days of a city as they were when they began, in one moment and writing nothing: who asked or still
 * looked, what was on offer without anything that was decided since, who stayed with whom before.
 *
 * Of hosts, homes and openings the present state is known and taken for the past: rules of a house, who is vetted, what is
 * open. A party is played as it asks now.
 *
 * @param count days played, up to and without today.
 */
export async function readPast(cityId: string, count: number): Promise<Past> {
  const timeZone = findCity(cityId)?.timeZone
  if (timeZone === undefined) throw new RangeError(`unknown city: ${cityId}`)
  const until = dayInZone(now(), timeZone)
  const asked = { cityId, timeZone, days: { from: addDays(until, -count), until } }
  return readTogether(async (tx) => {
    const parties = await readParties(tx, asked)
    const rooms = await readRooms(tx, asked)
    const blocks = await tx.block.findMany({ where: { arrivalId: { in: parties.map(({ need }) => need.id) } }, select: { arrivalId: true, hostId: true } })
    return { days: asked.days, parties, rooms, blocked: new Set(blocks.map(({ arrivalId, hostId }) => `${arrivalId}:${hostId}`)) }
  })
}

/** Parties that wanted this city most, looked in these days, and had no place before them; who was forgotten is in none. */
async function readParties(tx: Tx, { cityId, timeZone, days }: Asked): Promise<PastParty[]> {
  const rows = await tx.$queryRaw<{ id: string; ended: boolean }[]>`
    select a.id::text as id, a.closed_at is not null and not exists (
      select 1 from placement where arrival_id = a.id and confirmed_at is not null) as ended
    from arrival a
    where a.city_ids[1] = ${cityId} and a.erased_at is null
      and (a.created_at at time zone ${timeZone})::date < ${days.until}::date
      and (a.closed_at is null or (a.closed_at at time zone ${timeZone})::date >= ${days.from}::date)
      and not exists (select 1 from placement p where p.arrival_id = a.id and (p.created_at at time zone ${timeZone})::date < ${days.from}::date
        and p.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED'))
    order by a.created_at, a.id limit ${MOST_REHEARSED}::int`
  const ended = new Map(rows.map((row) => [row.id, row.ended]))
  const found = await tx.arrival.findMany({ where: { id: { in: [...ended.keys()] } }, orderBy: { id: 'asc' } })
  return found.map((row) => partyOf(row, { timeZone, ended: ended.get(row.id) === true }))
}

function partyOf(row: Arrival, { timeZone, ended }: { timeZone: string; ended: boolean }): PastParty {
  const { growthPersons: persons, growthFrom: from } = row
  return {
    askedOn: dayInZone(row.createdAt, timeZone),
    gaveUpOn: ended && row.closedAt ? dayInZone(row.closedAt, timeZone) : null,
    urgency: { illness: row.unwell, dangerOnReturn: row.unsafeToReturn },
    need: {
      id: row.id, cityIds: row.cityIds, districtId: row.districtId,
      nights: { from: dayOf(row.fromDate), until: dayOf(row.untilDate) }, flexibleNights: row.flexibleNights,
      adults: row.adults, childrenAges: row.childrenAges, animals: row.animals, stepFree: row.stepFree, womenOnly: row.womenOnly,
      allWomen: row.allWomen || row.womanAlone, quietWished: row.quietWished, privateBathWished: row.privateBathWished,
      ownEntranceWished: row.ownEntranceWished, languages: row.languages,
      growth: persons !== null && from ? { persons, from: dayOf(from) } : null,
      hoursUntilFirstEvening: 0,
    },
  }
}

async function readRooms(tx: Tx, asked: Asked): Promise<PastRoom[]> {
  const rows = await tx.$queryRaw<RoomRow[]>`
    select room.id::text, home.id::text as "homeId", host.id::text as "hostId", home.city_id as "cityId", home.district_id as "districtId",
      room.sleeps as beds, room.shared_hall as "sharedHall", room.in_service as "inService", home.step_free as "stepFree", room.quiet,
      room.private_bath as "privateBath", home.own_entrance as "ownEntrance", host.children_welcome as "childrenWelcome",
      host.animals_welcome as "animalsWelcome", host.women_only_household as "womenOnlyHousehold", host.women_only_guests as "womenOnlyGuests",
      host.languages, host.state = 'VETTED' as "hostVetted", host.paused as "hostPaused", home.to_visit as "homeToVisit",
      home.notice_hours as "noticeHours", host.shortest_nights as "shortestStayNights", host.longest_nights as "longestStayNights",
      host.rest_nights as "restNights", host.stays_in_row_limit as "staysInRowLimit",
      greatest(0, (extract(epoch from now() - host.confirmed_at) / 86400)::int) as "confirmedDaysAgo",
      case when host.asked_count > 0 then least(1, host.answered_count::float / host.asked_count) end as "answerRate",
      ((room.created_at at time zone ${asked.timeZone})::date)::text as since
    from room join home on home.id = room.home_id join host on host.id = home.host_id
    where home.city_id = ${asked.cityId} order by room.id limit ${MOST_REHEARSED}::int`
  const openings = byId(await readOpenings(tx, asked))
  const { held, stays } = await readHeld(tx, asked)
  return rows.map(({ since, ...facts }) => ({
    since,
    offer: {
      ...facts, blocked: false, refused: false, rowBreakNights: 0,
      free: subtractRuns(openings.get(facts.id) ?? [], held.get(facts.id) ?? []),
      hostStays: stays.get(facts.hostId) ?? [],
    },
  }))
}

async function readOpenings(tx: Tx, { cityId, days }: Asked): Promise<Run[]> {
  const rows = await tx.$queryRaw<{ runs: unknown }[]>`
    select json_agg(json_build_array(room.id, opening.from_date, opening.until_date)) as runs
    from opening join room on room.id = opening.room_id join home on home.id = room.home_id
    where home.city_id = ${cityId} and opening.until_date > ${days.from}::date`
  return runsSchema.parse(rows[0]?.runs ?? [])
}

/** What was promised before the days began: by room, and by host with the stays that were over. */
async function readHeld(tx: Tx, { cityId, timeZone, days }: Asked) {
  const rows = await tx.$queryRaw<{ rooms: unknown; hosts: unknown }[]>`
    with before as (
      select p.room_id, p.host_id, p.from_date, coalesce(p.departed_on, p.until_date) as until_date
      from placement p join home on home.id = p.home_id
      where home.city_id = ${cityId} and p.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED')
        and (p.created_at at time zone ${timeZone})::date < ${days.from}::date
        and coalesce(p.departed_on, p.until_date) > greatest(p.from_date, ${days.from}::date - 60))
    select json_agg(json_build_array(room_id, from_date, until_date)) as rooms,
      json_agg(json_build_array(host_id, from_date, until_date)) as hosts from before`
  return { held: byId(runsSchema.parse(rows[0]?.rooms ?? [])), stays: byId(runsSchema.parse(rows[0]?.hosts ?? [])) }
}

function byId(runs: readonly Run[]): Map<string, Nights[]> {
  const found = new Map<string, Nights[]>()
  for (const [id, from, until] of runs) found.set(id, [...(found.get(id) ?? []), { from, until }])
  return new Map([...found].map(([id, nights]) => [id, nights.sort((one, other) => (one.from < other.from ? -1 : 1))]))
}
