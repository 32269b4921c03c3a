import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import { MISMATCHES, type Mismatch } from '@/lib/matching/eligibility'
import { sleepersAtMost } from '@/lib/matching/party'
import type { ShelterNeed } from '@/lib/matching/types'
import { addDays, type Day } from '@/lib/time/day'

/** What the facts of a pair are read for. */
export interface PairFacts {
  need: ShelterNeed
  /** Today in the city of the arrival: refusals in force and runs worth showing are counted from it. */
  today: Day
  /** Nights without guests after which a host's row of stays begins anew. */
  restedNights: number
}

/** Stays that ended longer ago than this are forgotten: longer than the longest stay and the longest rest together. */
const STAYS_DAYS = 400

/** The stays at `host`, in all its rooms; several rooms of one plan for the same nights are one stay. */
export function staysOfHost(today: Day): Prisma.Sql {
  return Prisma.sql`
    select distinct plan_id, from_date, coalesce(departed_on, until_date) as until_date from placement
    where host_id = host.id and state in ('PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED')
      and coalesce(departed_on, until_date) > from_date
      and coalesce(departed_on, until_date) > ${addDays(today, -STAYS_DAYS)}::date`
}

/** The nights, hours of notice and beds of these needs as rows `asked`, numbered in their order. */
export function askedRows(needs: readonly ShelterNeed[]): Prisma.Sql {
  return Prisma.sql`unnest(
    ${needs.map(({ nights }) => nights.from)}::date[], ${needs.map(({ nights }) => nights.until)}::date[],
    ${needs.map(({ hoursUntilFirstEvening }) => hoursUntilFirstEvening)}::float8[], ${needs.map(sleepersAtMost)}::int[])
    with ordinality as asked (from_date, until_date, hours, beds, number)`
}

/** Too little rest on either side; a stay that shares a night takes none away. */
function tooNear(today: Day): Prisma.Sql {
  return Prisma.sql`host.rest_nights > 0 and exists (
    select 1 from (${staysOfHost(today)}) stay
    where (stay.until_date <= asked.from_date and asked.from_date - stay.until_date < host.rest_nights)
      or (stay.from_date >= asked.until_date and stay.from_date - asked.until_date < host.rest_nights))`
}

/** Stays in a row with the nights asked for: islands between gaps of so many nights, of which one holds those nights. */
function inRow({ today, restedNights }: PairFacts): Prisma.Sql {
  return Prisma.sql`(
    select count(*) - 1 from (
      select sum(begins) over (order by from_date, until_date, mine) as island, mine from (
        select mine, from_date, until_date, (coalesce(from_date - max(until_date) over (
          order by from_date, until_date, mine rows between unbounded preceding and 1 preceding) < ${restedNights}::int, false))::int # 1 as begins
        from (select false as mine, from_date, until_date from (${staysOfHost(today)}) stay
          union all select true, asked.from_date, asked.until_date) hosted) gaps) islands
    group by island having bool_or(mine))`
}

/** Each rule of `eligibility.ts` once more, over `room`, `home`, `host` and `asked`: true where it fails. */
function failures(facts: PairFacts): Readonly<Record<Mismatch, Prisma.Sql>> {
  const { need, today } = facts
  const nights = Prisma.sql`(asked.until_date - asked.from_date)`
  const children = need.childrenAges.length > 0
  return {
    UNACCOMPANIED_MINOR: Prisma.sql`${need.adults === 0}::boolean`,
    BLOCKED: Prisma.sql`host.id = any (array(select host_id from block where arrival_id = ${need.id}::uuid))`,
    REFUSED_BEFORE: Prisma.sql`home.id = any (array(
      select home_id from refusal where arrival_id = ${need.id}::uuid and until_date > ${today}::date))`,
    HOST_NOT_VETTED: Prisma.sql`host.state <> 'VETTED'`,
    HOME_TO_VISIT: Prisma.sql`home.to_visit`,
    HOST_PAUSED: Prisma.sql`host.paused`,
    OUT_OF_SERVICE: Prisma.sql`not room.in_service`,
    OTHER_CITY: Prisma.sql`home.city_id <> all (${[...need.cityIds]}::text[])`,
    TOO_FEW_BEDS: Prisma.sql`room.sleeps < asked.beds`,
    WOMEN_ONLY_WANTED: Prisma.sql`${need.womenOnly}::boolean and not host.women_only_household`,
    HOST_TAKES_WOMEN_ONLY: Prisma.sql`host.women_only_guests and not ${need.allWomen}::boolean`,
    NO_CHILDREN: Prisma.sql`${children}::boolean and not host.children_welcome`,
    NO_ANIMALS: Prisma.sql`${need.animals}::boolean and not host.animals_welcome`,
    NOT_STEP_FREE: Prisma.sql`${need.stepFree}::boolean and not home.step_free`,
    NOT_FREE: Prisma.sql`not exists (select 1 from free_run free where free.room_id = room.id
      and free.from_date <= asked.from_date and free.until_date >= asked.until_date)`,
    TOO_SHORT: Prisma.sql`${nights} < host.shortest_nights`,
    TOO_LONG: Prisma.sql`${nights} > host.longest_nights`,
    TOO_LITTLE_NOTICE: Prisma.sql`asked.hours < home.notice_hours`,
    HOST_RESTS: tooNear(today),
    TOO_MANY_IN_ROW: Prisma.sql`host.stays_in_row_limit <= ${inRow(facts)}`,
  }
}

/**
 * The first failed rule of a room, or null: `firstMismatch` in SQL, so that a whole city can be asked. A test holds the
 * two to each other.
 *
 * @param without rules the caller knows to hold, or does not ask.
 * @see docs/adr/0018-a-rule-stands-twice.md
 */
export function failedRule(facts: PairFacts, without: readonly Mismatch[] = []): Prisma.Sql {
  const fails = failures(facts)
  const whens = MISMATCHES.filter((rule) => !without.includes(rule)).map((rule) => Prisma.sql`when ${fails[rule]} then ${rule}`)
  return Prisma.sql`(case ${Prisma.join(whens, ' ')} end)`
}
