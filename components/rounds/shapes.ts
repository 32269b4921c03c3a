import type { Explanation } from '@/lib/matching/explain'
import type { LeftReason, NearestFix } from '@/lib/matching/round-types'
import type { Section } from '@/lib/rounds/rules/result'
import type { StoredLeg } from '@/lib/rounds/schema'

/** A party as a row names it. */
export interface PartyName {
  code: string
  nickname: string
  adults: number
  children: number
}

/** A room as a row names it: nothing that says where exactly. */
export interface PlaceName {
  name: string
  kind: 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'OFFICE' | 'HALL'
  homeCode: string
  cityId: string
  districtId: string | null
}

/** One suggestion and what became of it. */
export interface ResultRow {
  number: number
  section: Section
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP' | null
  arrivalIds: readonly string[]
  legs: readonly StoredLeg[]
  persons: number
  score: number | null
  maximum: number | null
  reason: LeftReason | null
  nearest: NearestFix | null
  company: { placeable: number; members: number; couldBePlaced: boolean } | null
  state: 'OPEN' | 'HELD' | 'ENDED' | 'LOST'
  lostReason: string | null
  lostDetail: Readonly<Record<string, string | number>> | null
  decidedMinutesAgo: number | null
}

/** Names by id. */
export interface Names {
  parties: ReadonlyMap<string, PartyName>
  places: ReadonlyMap<string, PlaceName>
}

/** The party a row is named by: of a group the first. */
export function firstParty({ arrivalIds }: Pick<ResultRow, 'arrivalIds'>, { parties }: Names): PartyName | undefined {
  return parties.get(arrivalIds[0] ?? '')
}

/** The party a lost place is about: of a group the member it says, else the first. */
export function lostParty(row: Pick<ResultRow, 'arrivalIds' | 'lostDetail'>, names: Names): PartyName | undefined {
  return names.parties.get(String(row.lostDetail?.['arrivalId'])) ?? firstParty(row, names)
}

/** Why a place was chosen, leg by leg; `null` where room or request are gone. */
export interface Reasons {
  number: number
  legs: readonly { roomId: string; explanation: Explanation | null }[]
}

/** What of a result a page shows: the first rows of every part, or rows of one part from some place on. */
export interface PartAsked {
  part: Section | null
  /** Rows of the part that stand on earlier pages. */
  skip: number
}
