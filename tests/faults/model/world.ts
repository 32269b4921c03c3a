import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'

/**
 * The world as the reference model knows it: plain rows by id, nothing derived. A hold is not written down: a live
 * placement is one. Free nights are not written down either: they are openings without the live placements.
 */
export interface World {
  /** Milliseconds since 1970, by the database's clock. */
  now: number
  /** How many events the audit had. */
  seq: number
  /** False while an invariant is violated: nobody is promised anything new. */
  approvalsOpen: boolean
  cities: Map<string, City>
  users: Map<string, User>
  hosts: Map<string, Host>
  homes: Map<string, Home>
  rooms: Map<string, Room>
  arrivals: Map<string, Arrival>
  plans: Map<string, Plan>
  placements: Map<string, Placement>
  /** Until which day a pair is not brought together again, by `pairOf` arrival and home. */
  refusals: Map<string, Day>
  /** Hosts and arrivals that are parted for good, by `pairOf` host and arrival. */
  blocks: Set<string>
  /** How often a stay was lengthened so far: tells which of two was later. */
  stretches: number
}

export interface City {
  /** The calendar day it is there. */
  today: Day
  /** Minutes a proposal waits: first night tonight, tomorrow, later. */
  clockMinutes: readonly [tonight: number, tomorrow: number, later: number]
}

export interface User {
  role: 'HOST' | 'COORDINATOR' | 'LEAD' | 'ADMIN'
  disabled: boolean
}

export interface Host {
  userId: string
  state: 'APPLIED' | 'VISITED' | 'VETTED' | 'BLOCKED'
  paused: boolean
  /** First day the vetting no longer suffices. */
  vettedUntil: Day | null
  womenOnlyHousehold: boolean
  womenOnlyGuests: boolean
  /** Whether a placement there was ever confirmed: the first needs four eyes. */
  hasPlaced: boolean
}

export interface Home {
  hostId: string
  cityId: string
  toVisit: boolean
  /** What stands for the address, the same for the same address; null before one was given. */
  address: string | null
}

export interface Room {
  homeId: string
  sleeps: number
  inService: boolean
  version: number
  openings: readonly Nights[]
}

export interface Party {
  adults: number
  children: number
  womanAlone: boolean
  womenOnly: boolean
  allWomen: boolean
}

export interface Arrival extends Party {
  cityId: string
  state: 'OPEN' | 'OFFERED' | 'PLACED' | 'CLOSED' | 'WITHDRAWN'
  erased: boolean
  /** The same for all who are placed together; null for most. */
  groupId: string | null
}

export interface Plan {
  /** The arrival, or the group. */
  forWhom: string
  proposedBy: string
  /** Milliseconds since 1970. */
  deadline: number
}

export type PlacementState =
  'PROPOSED' | 'CONFIRMED' | 'ARRIVED' | 'DEPARTED' | 'DECLINED' | 'LAPSED' | 'CANCELLED' | 'NOT_ARRIVED'
export type Side = 'HOST' | 'GUEST' | 'COORDINATOR'

export interface Placement {
  planId: string
  arrivalId: string
  roomId: string
  nights: Nights
  adults: number
  children: number
  state: PlacementState
  version: number
  /** Four eyes, decided when it was proposed. */
  needsSecond: boolean
  yeses: readonly Side[]
  approvers: readonly string[]
  /** The last morning the guest asks for, while the host has not answered. */
  askedUntil: Day | null
  /** Nights that came later than the proposal: from which on, by whom, and which of all stretches it was. */
  stretched: { from: Day; by: string; order: number } | null
}

/** The key of a pair in `refusals` and `blocks`. */
export function pairOf(one: string, other: string): string {
  return `${one} ${other}`
}

/** The row of that id. @throws RangeError when there is none: ask `has` first where there may be none. */
export function rowOf<Row>(table: ReadonlyMap<string, Row>, id: string): Row {
  const row = table.get(id)
  if (row === undefined) throw new RangeError(`the model knows no row ${id}`)
  return row
}

/** Writes some fields of a row that is there. */
export function change<Row extends object>(table: Map<string, Row>, id: string, fields: Partial<Row>): void {
  table.set(id, { ...rowOf(table, id), ...fields })
}

/** A world of its own, so that what happens in it leaves the first one as it is. Rows are never changed in place. */
export function copyOf(world: World): World {
  return {
    ...world,
    cities: new Map(world.cities), users: new Map(world.users), hosts: new Map(world.hosts), homes: new Map(world.homes),
    rooms: new Map(world.rooms), arrivals: new Map(world.arrivals), plans: new Map(world.plans),
    placements: new Map(world.placements), refusals: new Map(world.refusals), blocks: new Set(world.blocks),
  }
}

type Rows<Table> = Table extends Map<string, infer Row> ? Record<string, Row> : Table extends Set<string> ? string[] : Table

/** A world as JSON: what a file or a query can hold. */
export type WorldRows = { [Name in Exclude<keyof World, 'seq'>]: Rows<World[Name]> } & { seq?: number }

/** Some worlds as one; of a row that stands in two, the first counts. */
export function worldOf(...parts: readonly WorldRows[]): World {
  const [first] = parts
  if (first === undefined) throw new RangeError('a world of nothing')
  const merged = <Row>(rows: (part: WorldRows) => Record<string, Row>) => new Map([...parts].reverse().flatMap((part) => Object.entries(rows(part))))
  return {
    now: first.now, seq: first.seq ?? 0, approvalsOpen: first.approvalsOpen, stretches: 0,
    cities: merged((part) => part.cities), users: merged((part) => part.users), hosts: merged((part) => part.hosts),
    homes: merged((part) => part.homes), rooms: merged((part) => part.rooms), arrivals: merged((part) => part.arrivals),
    plans: merged((part) => part.plans), placements: merged((part) => part.placements),
    refusals: merged((part) => part.refusals), blocks: new Set(parts.flatMap((part) => part.blocks)),
  }
}
