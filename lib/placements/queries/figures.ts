import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { asksFor } from '@/lib/db/asks-for'
import { db } from '@/lib/db/client'
import { now } from '@/lib/time/clock'

/** The numbers over the queue. */
export interface Figures {
  /** Persons who have no bed for this night, also those whose agreed place begins later. */
  personsTonight: number
  /** When the one who waits longest for a place asked; `null` when nobody waits. */
  waitingSince: Date | null
  /** Beds that could be given this night. */
  bedsTonight: number
}

/** Reads the figures of a scope in one round trip. */
export async function readFigures(scope: CoordinatorScope): Promise<Figures> {
  const cities = [...scope.cityIds]
  const moment = now()
  const [row] = await db.$queryRaw<Figures[]>`
    select coalesce(sum(a.adults + cardinality(a.children_ages))
        filter (where a.state = 'PLACED' or a.from_date <= (${moment}::timestamptz at time zone c.time_zone)::date), 0)::int as "personsTonight",
      min(a.waiting_since) filter (where a.state <> 'PLACED') as "waitingSince",
      (select coalesce(sum(room.sleeps), 0)::int from free_run run join city on city.id = run.city_id
        join room on room.id = run.room_id join home on home.id = room.home_id join host on host.id = home.host_id
        where run.city_id = any (${cities}::text[]) and room.in_service and host.state = 'VETTED' and not host.paused and not home.to_visit
          and run.from_date <= (${moment}::timestamptz at time zone city.time_zone)::date
          and run.until_date > (${moment}::timestamptz at time zone city.time_zone)::date) as "bedsTonight"
    from arrival a join city c on c.id = a.city_ids[1]
    where ${asksFor(cities)} and (a.state in ('OPEN', 'OFFERED') or (a.state = 'PLACED' and a.onward_until is not null
      and onward_nights(a.id, (${moment}::timestamptz at time zone c.time_zone)::date) @> (${moment}::timestamptz at time zone c.time_zone)::date))`
  if (!row) throw new Error('an aggregate answers one row')
  return row
}
