/** What a fitting room can be better or worse at, in the order screens show it. */
export const WISHES = [
  'RIGHT_SIZE',
  'WANTED_CITY',
  'WANTED_DISTRICT',
  'COMMON_LANGUAGE',
  'NO_MOVE',
  'QUIET',
  'PRIVATE_BATH',
  'OWN_ENTRANCE',
  'HOST_RESTED',
  'FRESH_OFFER',
  'HOST_ANSWERS',
  'USABLE_GAP',
] as const
export type Wish = (typeof WISHES)[number]

/** What makes one arrival more urgent than another, most urgent first. */
export const PRIORITY_PARTS = [
  'NOWHERE_TONIGHT',
  'CHILDREN_OR_ILLNESS',
  'DANGER_ON_RETURN',
  'BROKEN_PLACEMENT',
  'WAITING_NIGHTS',
  'PERSONS',
] as const
export type PriorityPart = (typeof PRIORITY_PARTS)[number]

/** Where a wish or a part that grows step by step is fully reached. */
export interface Scales {
  /** Nights since the last stay after which a host counts as fully rested. */
  restedNights: number
  /** Days after which an offer that nobody confirmed earns nothing for freshness. */
  staleDays: number
  /** Share of answers assumed of a host who was never asked, 0–1. */
  unknownAnswerRate: number
  /** Fewest nights a gap must have to be worth offering. */
  usableGapNights: number
  /** Nights of waiting that earn the whole weight. */
  waitingNights: number
  /** Persons who earn the whole weight. */
  persons: number
}

/**
 * The weights that decide who is shown first. Named and versioned, because every placement keeps the name
 * and version it was decided under. Weights are whole points, 0 or more; 0 switches a wish off.
 */
export interface Policy {
  name: string
  version: number
  wishes: Readonly<Record<Wish, number>>
  priority: Readonly<Record<PriorityPart, number>>
  scales: Readonly<Scales>
}

/** The policy of a city that has not chosen its own. The wishes add up to 100. */
export const DEFAULT_POLICY: Policy = {
  name: 'default',
  version: 1,
  wishes: {
    RIGHT_SIZE: 20,
    WANTED_CITY: 10,
    WANTED_DISTRICT: 15,
    COMMON_LANGUAGE: 12,
    NO_MOVE: 8,
    QUIET: 5,
    PRIVATE_BATH: 5,
    OWN_ENTRANCE: 5,
    HOST_RESTED: 5,
    FRESH_OFFER: 5,
    HOST_ANSWERS: 5,
    USABLE_GAP: 5,
  },
  // Each weight exceeds the sum of those below it: a night outside outweighs everything else together.
  priority: {
    NOWHERE_TONIGHT: 1600,
    CHILDREN_OR_ILLNESS: 800,
    DANGER_ON_RETURN: 400,
    BROKEN_PLACEMENT: 200,
    WAITING_NIGHTS: 120,
    PERSONS: 50,
  },
  scales: { restedNights: 7, staleDays: 14, unknownAnswerRate: 0.75, usableGapNights: 2, waitingNights: 60, persons: 50 },
}
