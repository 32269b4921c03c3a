import type { Day } from '../time/day'
import type { Nights } from '../time/nights'

/** A room as the matcher sees it: facts of room, home and host that a rule or a wish reads, and nothing else. */
export interface RoomOffer {
  id: string
  homeId: string
  hostId: string
  cityId: string
  districtId: string | null
  /** Persons the room sleeps. */
  beds: number
  sharedHall: boolean
  /** Disjoint runs of nights that are offered and not held, touching runs merged, in order. */
  free: readonly Nights[]
  inService: boolean
  stepFree: boolean
  quiet: boolean
  privateBath: boolean
  ownEntrance: boolean
  childrenWelcome: boolean
  animalsWelcome: boolean
  /** Seen at the visit: only women live here. */
  womenOnlyHousehold: boolean
  /** A household of women only that takes women only. */
  womenOnlyGuests: boolean
  /** Language codes the household speaks: ru, kk, en, ky. */
  languages: readonly string[]
  hostVetted: boolean
  hostPaused: boolean
  /** The host was visited, this home was not: a new one, or its address has changed. */
  homeToVisit: boolean
  /** Hours between the proposal and the first evening that the host asks for. */
  noticeHours: number
  shortestStayNights: number
  longestStayNights: number
  /** Nights the host rests between guests. */
  restNights: number
  /**
   * Stays at this host, live or over, in all rooms and homes, earliest first; several rooms of one plan are one stay.
   * Whoever moves the nights asks these again: rest and row are about the nights asked for.
   */
  hostStays: readonly Nights[]
  /** Stays in a row that are too many without a rest; `null`: no limit. */
  staysInRowLimit: number | null
  /** Nights without guests after which a row of stays begins anew. */
  rowBreakNights: number
  /** Days since the host last said the offer stands. */
  confirmedDaysAgo: number
  /** Share of proposals the host answered in time, 0–1; `null` before the first. */
  answerRate: number | null
  /** A safety block between these two parties is in force. */
  blocked: boolean
  /** A remembered refusal between this arrival and this home is in force. */
  refused: boolean
}

/** An arrival as the matcher sees it. Nationality, faith, looks and profession do not exist here. */
export interface ShelterNeed {
  id: string
  /** Cities wanted, most wanted first; one or more. */
  cityIds: readonly string[]
  districtId: string | null
  /** One night or more. */
  nights: Nights
  /** Nights the stay may be shifted either way. */
  flexibleNights: number
  adults: number
  /** Ages in years, infants 0. */
  childrenAges: readonly number[]
  animals: boolean
  stepFree: boolean
  /** Only with a household of women. */
  womenOnly: boolean
  /** A woman travelling alone, or women only: what a women-only household may take. */
  allWomen: boolean
  quietWished: boolean
  privateBathWished: boolean
  ownEntranceWished: boolean
  languages: readonly string[]
  /** People who come later: beds are needed for them from that day on. */
  growth: { persons: number; from: Day } | null
  /** Hours from now until the first evening (18:00 in the city), 0 when it has begun. Computed by the shell. */
  hoursUntilFirstEvening: number
}
