import type { SeveralRooms } from '@/lib/matching/several-rooms'
import type { Nights } from '@/lib/time/nights'

/** Whose answer a proposal still waits for. */
export type Awaited = 'HOST' | 'GUEST' | 'LEAD'
export type HomeKind = 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'OFFICE' | 'HALL'

/** A party as a row of a list shows it. */
export interface QueueEntry {
  id: string
  code: string
  nickname: string
  state: 'OPEN' | 'OFFERED' | 'PLACED' | 'CLOSED' | 'WITHDRAWN'
  adults: number
  childrenAges: readonly number[]
  nights: Nights
  cityIds: readonly string[]
  districtId: string | null
  waitingSince: Date
  timeZone: string
  /** Nowhere to sleep this night. */
  tonight: boolean
  /** There is a place, and nights are needed after it. */
  onward: boolean
  animals: boolean
  stepFree: boolean
  womanAlone: boolean
  womenOnly: boolean
  unwell: boolean
  unsafeToReturn: boolean
  brokenPlacement: boolean
  groupId: string | null
  growing: boolean
  /** A room that fits, where one is looked for and found at once. */
  atHand: { kind: HomeKind; cityId: string; districtId: string | null; score: number } | null
  /** The open proposal, when there is one. */
  plan: { deadline: Date; awaits: readonly Awaited[] } | null
}

/** Where a case is read, so that its forms and links come back to the same place. */
export interface Here {
  path: string
  /** What the address says besides: view, search, chosen case. */
  params: Readonly<Record<string, string>>
}

/** What a screen says about a room beside what the matcher read. */
export interface RoomName {
  name: string
  kind: HomeKind
  homeCode: string
}
export type RoomNames = ReadonlyMap<string, RoomName>

/** The page's moment and language, handed down: components read no clock. */
export interface Moment {
  now: Date
  locale: string
}

/** A plan over several rooms as the list offers it. */
export type SeveralPlan = SeveralRooms & { nights: Nights }

/** The same address with other parameters. */
export function addressOf({ path, params }: Here, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...params, ...more }).toString()
  return query === '' ? path : `${path}?${query}`
}
