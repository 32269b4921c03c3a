import { countNights } from '../time/nights'
import { partySize } from './party'
import type { PastOutcome } from './rehearsal'
import type { ShelterNeed } from './types'

/** Kinds of parties that outcomes are compared by. The first five are apart from each other, the last two cross them. */
export const PARTY_KINDS = ['WOMAN_ALONE', 'ONE', 'TWO', 'FAMILY', 'MORE', 'WITH_ANIMAL', 'STEP_FREE'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]

/** Fewer parties than this could be told from their figures. */
export const FEWEST_SHOWN = 5

/** What a policy did with parties. Nights are nights of persons: two people for three nights are six. */
export interface Figures {
  parties: number
  /** Persons who found a place. */
  sheltered: number
  nights: number
  /** Nights waited by half of the parties at most, and by 95 of 100; those who found nothing waited until the last day. */
  waitMedian: number
  waitLong: number
  /** Changes of rooms within stays. */
  moves: number
  /** Parties that slept in several rooms at once. */
  split: number
}

/** Figures of all, and by kind; `null` where fewer than `FEWEST_SHOWN` parties are of a kind. */
export interface SideFigures {
  all: Figures
  kinds: Readonly<Record<PartyKind, Figures | null>>
}

const MEDIAN = 0.5
const LONG = 0.95

/** The kinds a party is of: one of the first five, and whichever of the others. */
export function kindsOf(need: Pick<ShelterNeed, 'adults' | 'childrenAges' | 'allWomen' | 'animals' | 'stepFree'>): PartyKind[] {
  return [householdOf(need), ...(need.animals ? (['WITH_ANIMAL'] as const) : []), ...(need.stepFree ? (['STEP_FREE'] as const) : [])]
}

function householdOf({ adults, childrenAges, allWomen }: Pick<ShelterNeed, 'adults' | 'childrenAges' | 'allWomen'>): PartyKind {
  if (childrenAges.length > 0) return 'FAMILY'
  if (adults === 1) return allWomen ? 'WOMAN_ALONE' : 'ONE'
  return adults === 2 ? 'TWO' : 'MORE'
}

/** Adds up what a policy did, for all and by kind. The order of the outcomes does not matter. */
export function addUp(outcomes: readonly PastOutcome[]): SideFigures {
  const kinds = PARTY_KINDS.map((kind) => {
    const ofKind = outcomes.filter(({ party }) => kindsOf(party.need).includes(kind))
    return [kind, ofKind.length < FEWEST_SHOWN ? null : figuresOf(ofKind)] as const
  })
  return { all: figuresOf(outcomes), kinds: Object.fromEntries(kinds) as Record<PartyKind, Figures | null> }
}

function figuresOf(outcomes: readonly PastOutcome[]): Figures {
  const waits = outcomes.map(({ waitedNights }) => waitedNights).sort((one, other) => one - other)
  const housed = outcomes.filter(({ legs }) => legs.length > 0)
  return {
    parties: outcomes.length,
    sheltered: sum(housed.map(({ party }) => partySize(party.need))),
    nights: sum(housed.flatMap(({ legs }) => legs.map((leg) => leg.persons * countNights(leg)))),
    waitMedian: quantile(waits, MEDIAN),
    waitLong: quantile(waits, LONG),
    moves: sum(housed.map((one) => firstNights(one) - 1)),
    split: housed.filter((one) => firstNights(one) < one.legs.length).length,
  }
}

/** Evenings on which the party comes to a room it was not in before: 1 for a stay without a move. */
function firstNights({ legs }: PastOutcome): number {
  return new Set(legs.map(({ from }) => from)).size
}

/** The smallest of the sorted values that this share of them does not exceed; 0 of none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
