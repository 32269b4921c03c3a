import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { NearestFix } from '@/lib/matching/round-types'
import { AppError } from '@/lib/errors'
import type { Section, Suggested } from '../rules/result'
import type { StoredLeg } from '../schema'

/** A party as a coordinator's list names it. */
export interface PartyLabel {
  code: string
  nickname: string
  adults: number
  children: number
}

/** A room as a coordinator's list names it: nothing that says where exactly. */
export interface PlaceLabel {
  name: string
  kind: 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'OFFICE' | 'HALL'
  homeCode: string
  cityId: string
  districtId: string | null
}

/** One suggestion of a round, and what became of it. */
export interface SuggestionView extends Pick<Suggested, 'kind' | 'persons' | 'score' | 'maximum' | 'reason' | 'company'> {
  number: number
  section: Section
  arrivalIds: string[]
  legs: StoredLeg[]
  nearest: NearestFix | null
  /** `ENDED`: it was held, and came to nothing. */
  state: 'OPEN' | 'HELD' | 'ENDED' | 'LOST'
  lostReason: string | null
  lostDetail: { byName?: string; minutesAgo?: number; arrivalId?: string; roomName?: string; rooms?: string } | null
  /** Minutes since it was decided. */
  decidedMinutesAgo: number | null
}

/** Suggestions with the names of their parties and rooms. */
export interface SuggestionPage {
  suggestions: SuggestionView[]
  /** All there are in each part. */
  counts: Partial<Record<Section, number>>
  parties: ReadonlyMap<string, PartyLabel>
  places: ReadonlyMap<string, PlaceLabel>
}

/** Which suggestions are read. */
export interface WhichSuggestions {
  /** Of this part alone; `null`: of each. */
  part: Section | null
  /** Only those that were lost; `null`: whatever became of them. */
  state: 'LOST' | null
  /** So many of each part are left out before the first, and at most so many are read. */
  skip: number
  most: number
}

/** Its plan was held, and came to nothing since: guests who stayed and left had what was promised. */
export const ended = Prisma.sql`(suggestion.state = 'HELD' and not exists (select 1 from placement
  where placement.plan_id = suggestion.plan_id and placement.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED')))`

async function readRows(roundId: string, { part, state, skip, most }: WhichSuggestions): Promise<SuggestionView[]> {
  return db.$queryRaw<SuggestionView[]>`
    select * from (
      select number, section, kind::text, persons, score, maximum, reason, array(select unnest(arrival_ids)::text) as "arrivalIds",
        legs, nearest, company, case when ${ended} then 'ENDED' else state::text end as state, lost_reason as "lostReason", lost_detail as "lostDetail",
        floor(extract(epoch from now() - decided_at) / 60)::int as "decidedMinutesAgo",
        row_number() over (partition by section order by suggestion.state = 'LOST' desc, number) as place
      from suggestion cross join lateral (
        select coalesce(kind::text, case when needs_decision then 'DECISION' else 'NONE' end) as section) part
      where round_id = ${roundId}::uuid and coalesce(section = ${part}, true) and coalesce(suggestion.state::text = ${state}, true)) ranked
    where place > ${skip}::int and place <= ${skip}::int + ${most}::int order by place`
}

async function countSections(roundId: string): Promise<Partial<Record<Section, number>>> {
  const rows = await db.$queryRaw<{ section: Section; count: number }[]>`
    select coalesce(kind::text, case when needs_decision then 'DECISION' else 'NONE' end) as section, count(*)::int as count
    from suggestion where round_id = ${roundId}::uuid group by 1`
  return Object.fromEntries(rows.map(({ section, count }) => [section, count]))
}

async function readParties(ids: readonly string[]): Promise<Map<string, PartyLabel>> {
  const rows = await db.$queryRaw<(PartyLabel & { id: string })[]>`
    select id::text, code, nickname, adults, cardinality(children_ages) as children from arrival where id = any (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, ...label }) => [id, label]))
}

async function readPlaces(ids: readonly string[]): Promise<Map<string, PlaceLabel>> {
  const rows = await db.$queryRaw<(PlaceLabel & { id: string })[]>`
    select room.id::text, room.name, home.kind::text, upper(right(home.id::text, 4)) as "homeCode", home.city_id as "cityId",
      home.district_id as "districtId"
    from room join home on home.id = room.home_id where room.id = any (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, ...label }) => [id, label]))
}

/**
 * The result of a round: of each part the rows that are asked for, those that were lost first.
 *
 * @throws AppError NOT_FOUND when the round is not of the scope's towns.
 */
export async function readSuggestions(scope: CoordinatorScope, roundId: string, which: WhichSuggestions): Promise<SuggestionPage> {
  const round = await db.round.findUnique({ where: { id: roundId }, select: { cityIds: true } })
  if (!round?.cityIds.every((id) => scope.cityIds.includes(id))) throw new AppError('NOT_FOUND')
  const [suggestions, counts] = await Promise.all([readRows(roundId, which), countSections(roundId)])
  const roomIds = suggestions.flatMap(({ legs, nearest }) => [...legs.map(({ roomId }) => roomId), ...(nearest ? [nearest.roomId] : [])])
  const [parties, places] = await Promise.all([
    readParties([...new Set(suggestions.flatMap(({ arrivalIds }) => arrivalIds))]), readPlaces([...new Set(roomIds)]),
  ])
  return { suggestions, counts, parties, places }
}

/** The legs of one suggestion, for its reasons; `null` when there is none of that number. */
export async function readLegs(scope: CoordinatorScope, { roundId, number }: { roundId: string; number: number }): Promise<StoredLeg[] | null> {
  const [row] = await db.$queryRaw<{ legs: StoredLeg[] }[]>`
    select legs from suggestion join round on round.id = round_id
    where round_id = ${roundId}::uuid and number = ${number}::int and city_ids <@ ${[...scope.cityIds]}::text[]`
  return row?.legs ?? null
}
