import { PRIORITY_PARTS, type Policy, type PriorityPart } from './policy'

/** What is known about an arrival's urgency. The shell computes the nights from its clock. */
export interface UrgencyFacts {
  nowhereTonight: boolean
  children: boolean
  illness: boolean
  dangerOnReturn: boolean
  /** A placement of theirs was declined, lapsed, cancelled or ended early, and nothing has taken its place. */
  brokenPlacement: boolean
  /** Nights since they first asked, kept through broken placements; 0 or more. */
  waitingNights: number
  /** Persons, infants included; 1 or more. */
  persons: number
}

export interface PriorityPoints {
  part: PriorityPart
  points: number
  maximum: number
}

/** Whole points, part by part in the order of `PRIORITY_PARTS`; `total` is their sum. */
export interface Priority {
  total: number
  maximum: number
  parts: PriorityPoints[]
}

type Share = (facts: UrgencyFacts, policy: Policy) => number

const SHARES: Readonly<Record<PriorityPart, Share>> = {
  NOWHERE_TONIGHT: (facts) => (facts.nowhereTonight ? 1 : 0),
  CHILDREN_OR_ILLNESS: (facts) => (facts.children || facts.illness ? 1 : 0),
  DANGER_ON_RETURN: (facts) => (facts.dangerOnReturn ? 1 : 0),
  BROKEN_PLACEMENT: (facts) => (facts.brokenPlacement ? 1 : 0),
  WAITING_NIGHTS: (facts, { scales }) => Math.min(1, Math.max(0, facts.waitingNights) / scales.waitingNights),
  PERSONS: (facts, { scales }) => Math.min(1, facts.persons / scales.persons),
}

/**
 * How urgent an arrival is, part by part, so that no coordinator ever sees a bare number.
 *
 * Higher is more urgent. Two arrivals with equal totals are ordered by who asked first, then by id; that is the
 * caller's, who knows both.
 */
export function priorityOf(facts: UrgencyFacts, policy: Policy): Priority {
  const parts = PRIORITY_PARTS.map((part) => {
    const maximum = policy.priority[part]
    return { part, points: Math.round(maximum * SHARES[part](facts, policy)), maximum }
  })
  return {
    total: parts.reduce((sum, { points }) => sum + points, 0),
    maximum: parts.reduce((sum, { maximum }) => sum + maximum, 0),
    parts,
  }
}
