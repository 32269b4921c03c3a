import 'server-only'
import { asksFor } from '@/lib/db/asks-for'
import { Prisma } from '@/lib/db/generated/client'
import type { Tx } from '@/lib/db/transaction'
import type { Policy } from '@/lib/matching/policy'
import { priorityOf } from '@/lib/matching/priority'
import type { RoundGroup, RoundNeed } from '@/lib/matching/round-types'
import type { Nights } from '@/lib/time/nights'
import { needOf, type ArrivalFacts } from '../rules/need'
import { urgencyOf } from '../rules/urgency'
import { clockOf } from './facts'
import { today } from './order'

/** Parties of one statement: it answers within a second. */
const AT_ONCE = 2_500
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Who takes part in a round. A group one of whose members does is taken whole, whatever city and nights the others want. */
export interface WhoPlays {
  cityIds: readonly string[]
  /** First nights at most so many nights away, 0 being tonight; `null`: all. */
  withinNights: number | null
  /** Members of groups, parties with children, adults; each party is of one kind. */
  parties: readonly string[]
  /** Only these of them; `null`: all. */
  arrivalIds: readonly string[] | null
}

/** A round's moment and weights. */
export interface RoundMoment {
  moment: Date
  policy: Policy
}

type Row = Omit<ArrivalFacts, 'nights'> & {
  from: string
  until: string
  onward: [string, string] | null
  groupId: string | null
  unwell: boolean
  unsafeToReturn: boolean
  brokenPlacement: boolean
  waitingSince: string
}

function kindOf(): Prisma.Sql {
  return Prisma.sql`case when a.group_id is not null then 'GROUPS' when cardinality(a.children_ages) > 0 then 'FAMILIES' else 'ADULTS' end`
}

function within(withinNights: number | null, first: Prisma.Sql, moment: Date): Prisma.Sql {
  return withinNights === null ? Prisma.sql`true` : Prisma.sql`${first} <= ${today(moment)} + ${withinNights}::int`
}

/** Groups of which somebody waits in these cities for these nights. */
async function readGroupIds(tx: Pick<Tx, '$queryRaw'>, { cityIds, withinNights }: WhoPlays, moment: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct a.group_id::text as id from arrival a join city c on c.id = a.city_ids[1]
    where a.city_ids && ${[...cityIds]}::text[] and a.state = 'OPEN' and a.group_id is not null
      and ${within(withinNights, Prisma.sql`a.from_date`, moment)}`
  return rows.map(({ id }) => id)
}

/** Waits for a first place, or needs nights after what is agreed; `onward` are those nights. */
function plays({ cityIds, withinNights, parties, arrivalIds, groupIds }: WhoPlays & { groupIds: readonly string[] }, moment: Date): Prisma.Sql {
  const ofGroup = Prisma.sql`(a.state = 'OPEN' and a.group_id = any (${[...groupIds]}::uuid[]))`
  const near = Prisma.sql`(${ofGroup} or ${within(withinNights, Prisma.sql`coalesce(lower(onward.nights), a.from_date)`, moment)})`
  const named = arrivalIds === null ? Prisma.sql`true` : Prisma.sql`a.id = any (${[...arrivalIds]}::uuid[])`
  const here = asksFor(cityIds)
  const taken = groupIds.length === 0 ? here : Prisma.sql`(${here} or a.group_id = any (${[...groupIds]}::uuid[]))`
  return Prisma.sql`${taken} and ${named} and (a.state = 'OPEN' or onward.nights is not null)
    and ${kindOf()} = any (${[...parties]}::text[]) and ${near}`
}

function readPart(tx: Pick<Tx, '$queryRaw'>, who: WhoPlays & { groupIds: readonly string[] }, { moment, after }: { moment: Date; after: string }) {
  return tx.$queryRaw<{ rows: Row[] | null }[]>`
    select json_agg(party) as rows from (
      select a.id, a.city_ids as "cityIds", a.district_id as "districtId", a.from_date as "from", a.until_date as "until",
        a.flexible_nights as "flexibleNights", a.adults, a.children_ages as "childrenAges", a.animals, a.step_free as "stepFree",
        a.quiet_wished as "quietWished", a.private_bath_wished as "privateBathWished", a.own_entrance_wished as "ownEntranceWished",
        a.women_only as "womenOnly", a.woman_alone as "womanAlone", a.all_women as "allWomen", a.languages, a.unwell,
        a.unsafe_to_return as "unsafeToReturn", a.broken_placement as "brokenPlacement", a.waiting_since as "waitingSince",
        a.group_id as "groupId",
        case when a.growth_persons is not null then json_build_object('persons', a.growth_persons, 'from', a.growth_from,
          'keepUntil', a.growth_keep_until) end as growth,
        case when onward.nights is not null then json_build_array(lower(onward.nights), upper(onward.nights)) end as onward
      from arrival a join city c on c.id = a.city_ids[1]
        left join lateral (select nights from onward_nights(a.id, ${today(moment)}) nights
          where a.state = 'PLACED' and a.onward_until is not null and not isempty(nights)) onward on true
      where a.id > ${after}::uuid and a.state in ('OPEN', 'PLACED') and ${plays(who, moment)}
      order by a.id limit ${AT_ONCE}::int) party`
}

function nightsOf({ from, until, onward }: Row): Nights {
  return onward === null ? { from, until } : { from: onward[0], until: onward[1] }
}

/** A row as the round wants it. What is needed after a stay begins when that ends, and cannot be shifted. */
function roundNeedOf(row: Row, { moment, policy }: RoundMoment): RoundNeed {
  const { from: _from, until: _until, onward, groupId, waitingSince, ...rest } = row
  const facts = { ...rest, nights: nightsOf(row), flexibleNights: onward === null ? row.flexibleNights : 0 }
  const clock = clockOf(row.cityIds, moment)
  const urgency = urgencyOf({ ...facts, waitingSince: new Date(waitingSince) }, clock)
  return {
    need: needOf(facts, clock), priority: priorityOf(urgency, policy).total, groupId: onward === null ? groupId : null,
    splitAllowed: row.adults > 1, relayAllowed: true,
  }
}

/**
 * Reads everybody who takes part in a round, in the order of their ids.
 *
 * @param most a round of more parties than this is too large: one more is read, so that the caller sees it.
 */
export async function readRoundNeeds(tx: Pick<Tx, '$queryRaw'>, who: WhoPlays, { most, ...at }: RoundMoment & { most: number }): Promise<RoundNeed[]> {
  const found: RoundNeed[] = []
  const groupIds = await readGroupIds(tx, who, at.moment)
  for (let after = NO_ID; found.length <= most;) {
    const [part] = await readPart(tx, { ...who, groupIds }, { moment: at.moment, after })
    const rows = part?.rows ?? []
    found.push(...rows.map((row) => roundNeedOf(row, at)))
    if (rows.length < AT_ONCE) break
    after = rows.at(-1)?.id ?? NO_ID
  }
  return found
}

/** How near the members of these groups ask to sleep. */
export async function readRoundGroups(tx: Pick<Tx, '$queryRaw'>, groupIds: readonly string[]): Promise<Omit<RoundGroup, 'partAllowed'>[]> {
  if (groupIds.length === 0) return []
  return tx.$queryRaw<Omit<RoundGroup, 'partAllowed'>[]>`
    select id::text, together::text from arrival_group where id = any (${[...groupIds]}::uuid[]) order by id`
}
