import type { ShelterNeed } from './types'

/** Persons who come on the first evening, infants included. */
export function partySize(need: Pick<ShelterNeed, 'adults' | 'childrenAges'>): number {
  return need.adults + need.childrenAges.length
}

/** Persons who join while the stay lasts; 0 when they come on the morning of leaving or after it. */
export function joiningLater({ growth, nights }: Pick<ShelterNeed, 'growth' | 'nights'>): number {
  return growth !== null && growth.from < nights.until ? growth.persons : 0
}

/** Beds the fullest night of the stay takes: the party, and those who join it while it lasts. */
export function sleepersAtMost(need: ShelterNeed): number {
  return partySize(need) + joiningLater(need)
}
