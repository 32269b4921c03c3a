import type { Point } from '../places/place'
import type { Day } from '../time/day'
import type { Change } from './changes'
import type { Mismatch } from './eligibility'
import type { Policy } from './policy'
import type { RoomOffer, ShelterNeed } from './types'

/** One party that waits in a round. */
export interface RoundNeed {
  need: ShelterNeed
  /** Whole points, 0 or more, from `priority.ts` under the round's policy: what sheltering this party is worth. */
  priority: number
  groupId: string | null
  /** May sleep in several rooms of one home, children always beside an adult of theirs. */
  splitAllowed: boolean
  /** May move within the stay. */
  relayAllowed: boolean
}

/** How near to each other a group's members ask to sleep. A wider answer includes the nearer ones. */
export type Togetherness = 'SAME_HOME' | 'WITHIN_MINUTES' | 'SAME_CITY'

/** Parties that ask for places near each other; the members name it by `groupId`. */
export interface RoundGroup {
  id: string
  together: Togetherness
  /** The organiser agrees that some are placed and others wait. */
  partAllowed: boolean
}

/** Pairs that must not meet, as texts `arrivalId:hostId` and `arrivalId:homeId`. */
export interface Apart {
  blocked: ReadonlySet<string>
  refused: ReadonlySet<string>
}

/** A snapshot of everybody who waits and everything that is free. The order of the lists does not matter. */
export interface RoundInput {
  needs: readonly RoundNeed[]
  groups: readonly RoundGroup[]
  /** `blocked` and `refused` are about a pair: here they are false, and stand in `apart`. */
  rooms: readonly RoomOffer[]
  apart: Apart
  /** Points by the id of a home or of its district; a home without either has no neighbours. */
  places: Readonly<Record<string, Point>>
  policy: Policy
}

/** One room for one party, or a part of it, for a run of nights. */
export interface RoundLeg {
  arrivalId: string
  roomId: string
  from: Day
  /** The morning of leaving. */
  until: Day
  adults: number
  childrenAges: number[]
  /** Beds kept for persons who join before `until`. */
  later: number
}

export type RoundPlanKind = 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'

/** What one party is offered. The plans of a group's members share its `groupId` and are approved together. */
export interface RoundPlan {
  arrivalId: string
  kind: RoundPlanKind
  groupId: string | null
  /** In the order of the nights, then as the party was seated. */
  legs: RoundLeg[]
  /** Nights the stay moves, later when positive. */
  shiftNights: number
  /** Points of the wishes, as `explain` gives them for the rooms of the snapshot, the legs' added up. */
  score: number
  maximum: number
}

/**
 * `ALL_TAKEN`: rooms that fit went to others. `GROUP_NOT_WHOLE`: not all members can be placed near each other.
 * `GROUP_REST`: others of the group are placed, and nothing near them is free. `NOT_REACHED`: the round was stopped before it
 * came to them, and a room that fits is still free.
 */
export type LeftReason = Mismatch | 'ALL_TAKEN' | 'GROUP_NOT_WHOLE' | 'GROUP_REST' | 'NOT_REACHED'

/** One change, re-checked, after which a room that is still free would fit. */
export interface NearestFix {
  roomId: string
  change: Change
}

/** A party without a place. */
export interface RoundLeft {
  arrivalId: string
  reason: LeftReason
  nearest: NearestFix | null
  /** Somebody could decide it: to change nights or city, to part from an animal, to ask the host, to place part of a group. */
  needsDecision: boolean
  /**
   * Of a group that is not whole: how many of how many members could be placed near each other, and whether this one is
   * among them; `null` outside groups.
   */
  group: { id: string; placeable: number; members: number; couldBePlaced: boolean } | null
}

/** One pass over the slots that were free then, and its proof: no other assignment of that pass is better by more than `gap`. */
export interface RoundPass {
  arrivals: number
  slots: number
  edges: number
  assigned: number
  /** Share of the optimum, 0: proven best. */
  gap: number
}

export interface RoundCertificate {
  /** The largest of the passes' gaps; above 0 only when the round was stopped. */
  gap: number
  /** All passes over single stays, and what mends them, came to their end. */
  complete: boolean
  passes: RoundPass[]
}

export interface RoundResult {
  /** Groups, then relays, then parties in several rooms, then single stays; within a kind the most urgent first, then by id. */
  plans: RoundPlan[]
  /** The most urgent first, then by id. */
  left: RoundLeft[]
  /** Persons placed, infants included, without those who come later. */
  persons: number
  certificate: RoundCertificate
  /** What the rest would lose if the room were given away, in points, by the room's id; 0 where nobody competes. Of a room for a group, several rooms or a relay, the weight of who gets it. */
  prices: Map<string, number>
  stopped: boolean
}

/** In the order they are played; a later pass comes back to `EDGES`. */
export const ROUND_STEPS = [
  'READING',
  'GROUPS',
  'EDGES',
  'SINGLE',
  'CERTIFICATE',
  'SEVERAL',
  'RELAY',
  'REASONS',
  'WRITING',
] as const
export type RoundStep = (typeof ROUND_STEPS)[number]

export interface RoundProgress {
  step: RoundStep
  done: number
  of: number
  /** Persons placed so far. */
  placed: number
}

/** How a long run is watched and ended; a stop keeps what is found. */
export interface RoundWatch {
  onProgress?: (progress: RoundProgress) => void
  shouldStop?: () => boolean
}
