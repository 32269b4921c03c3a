import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'

/**
 * The world as the reference model knows it: plain rows by id, nothing derived. A hold is not written down anywhere:
 * a live placement is one. Free nights are not written down either: they are openings without the live placements.
 *
 * Everything here can be written as JSON and read back.
 */
export interface World {
  /** Milliseconds since 1970, by the database's clock. */
  now: number
  /** False while an invariant is violated: nobody is promised anything new. */
  approvalsOpen: boolean
  cities: Record<string, City>
  users: Record<string, User>
  hosts: Record<string, Host>
  homes: Record<string, Home>
  rooms: Record<string, Room>
  arrivals: Record<string, Arrival>
  plans: Record<string, Plan>
  placements: Record<string, Placement>
  refusals: readonly Refusal[]
  blocks: readonly Block[]
}

export interface City {
  /** The calendar day it is there. */
  today: Day
  /** Minutes a proposal waits: first night tonight, tomorrow, later. */
  clockMinutes: readonly [number, number, number]
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
  /** A visit or meeting that still counts when the vetting ends: the host is VISITED then, and not APPLIED again. */
  visitOutlastsVetting: boolean
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

export type ArrivalState = 'OPEN' | 'OFFERED' | 'PLACED' | 'CLOSED' | 'WITHDRAWN'

export interface Arrival {
  cityId: string
  state: ArrivalState
  adults: number
  children: number
  womanAlone: boolean
  womenOnly: boolean
  allWomen: boolean
  erased: boolean
}

export interface Plan {
  arrivalId: string
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
  wasConfirmed: boolean
  yeses: readonly Side[]
  approvers: readonly string[]
  /** The last morning the guest asks for, while the host has not answered. */
  askedUntil: Day | null
  /** Nights that came later than the proposal: from which on, by whom, and which of all changes it was. */
  stretched: { from: Day | null; by: string; order: number } | null
}

/** A pair that is not brought together again before `until`. */
export interface Refusal {
  arrivalId: string
  homeId: string
  until: Day
}

export interface Block {
  hostId: string
  arrivalId: string
}
