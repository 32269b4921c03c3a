import { daysBetween } from '../time/day'
import { countNights, covers, sharedNights, type Nights } from '../time/nights'
import { lastMorningBefore } from './host-stays'
import { sleepersAtMost } from './party'
import { WISHES, type Policy, type Wish } from './policy'
import type { RoomOffer, ShelterNeed } from './types'

/** Whole points one wish earned, 0 to `maximum`. */
export interface WishPoints {
  wish: Wish
  points: number
  maximum: number
}

/** `score` is the sum of the points, `maximum` of the maxima. The maximum depends on need and policy, never on the room. */
export interface Score {
  score: number
  maximum: number
  wishes: WishPoints[]
}

/** What a wish reads. */
export type WishFacts = Readonly<{ room: RoomOffer; need: ShelterNeed; policy: Policy }>

const ALWAYS = () => true

/** Wishes that only count where somebody wished; the others always do. */
const WISHED: Readonly<Record<Wish, (need: ShelterNeed) => boolean>> = {
  RIGHT_SIZE: ALWAYS,
  WANTED_CITY: (need) => need.cityIds.length > 1,
  WANTED_DISTRICT: (need) => need.districtId !== null,
  COMMON_LANGUAGE: (need) => need.languages.length > 0,
  NO_MOVE: ALWAYS,
  QUIET: (need) => need.quietWished,
  PRIVATE_BATH: (need) => need.privateBathWished,
  OWN_ENTRANCE: (need) => need.ownEntranceWished,
  HOST_RESTED: ALWAYS,
  FRESH_OFFER: ALWAYS,
  HOST_ANSWERS: ALWAYS,
  USABLE_GAP: ALWAYS,
}

/** How far each wish is fulfilled, 0–1. */
const SHARES: Readonly<Record<Wish, (facts: WishFacts) => number>> = {
  RIGHT_SIZE: ({ room, need }) => sleptBeds(room, need),
  WANTED_CITY: ({ room, need }) => cityShare(room, need),
  WANTED_DISTRICT: ({ room, need }) => Number(room.districtId === need.districtId),
  COMMON_LANGUAGE: ({ room, need }) => Number(need.languages.some((language) => room.languages.includes(language))),
  NO_MOVE: ({ room, need }) => longestPart(room, need),
  QUIET: ({ room }) => Number(room.quiet),
  PRIVATE_BATH: ({ room }) => Number(room.privateBath),
  OWN_ENTRANCE: ({ room }) => Number(room.ownEntrance),
  HOST_RESTED: ({ room, need, policy }) => restedShare(room, need, policy),
  FRESH_OFFER: ({ room, policy }) => 1 - room.confirmedDaysAgo / policy.scales.staleDays,
  HOST_ANSWERS: ({ room, policy }) => room.answerRate ?? policy.scales.unknownAnswerRate,
  USABLE_GAP: ({ room, need, policy }) => usableGaps(room, need, policy),
}

/**
 * Weighs the wishes of an arrival for a room; says nothing about whether the room fits.
 *
 * Wishes that nobody wished are left out, so the same need has the same maximum everywhere and scores compare.
 *
 * @returns whole points in the order of `WISHES`.
 */
export function scoreRoom({ room, need, policy }: WishFacts): Score {
  const facts = { room, need, policy }
  const wishes = WISHES.filter((wish) => WISHED[wish](need)).map((wish) => pointsFor(wish, facts))
  return {
    score: wishes.reduce((sum, { points }) => sum + points, 0),
    maximum: wishes.reduce((sum, { maximum }) => sum + maximum, 0),
    wishes,
  }
}

function pointsFor(wish: Wish, facts: WishFacts): WishPoints {
  const maximum = facts.policy.wishes[wish]
  const share = Math.min(1, Math.max(0, SHARES[wish](facts)))
  return { wish, points: Math.round(maximum * share), maximum }
}


/** Beds that are slept in on the fullest night, of all beds: a bed left empty is one somebody else lacks. */
function sleptBeds(room: RoomOffer, need: ShelterNeed): number {
  const persons = sleepersAtMost(need)
  return persons > room.beds ? 0 : persons / room.beds
}

/** First wanted city all, last wanted one share, a city nobody wanted nothing. */
function cityShare(room: RoomOffer, need: ShelterNeed): number {
  const place = need.cityIds.indexOf(room.cityId)
  return place === -1 ? 0 : (need.cityIds.length - place) / need.cityIds.length
}

/** Nights of the stay that the best single run holds, of all nights asked for; less than 1 means a move. */
function longestPart(room: RoomOffer, need: ShelterNeed): number {
  const shared = room.free.map((run) => sharedNights(run, need.nights)).filter((run) => run !== null)
  return Math.max(0, ...shared.map(countNights)) / countNights(need.nights)
}

/** Nothing while the last guests are still there. */
function restedShare(room: RoomOffer, need: ShelterNeed, { scales }: Policy): number {
  const lastMorning = lastMorningBefore(room, need.nights.from)
  return lastMorning === null ? 1 : daysBetween(lastMorning, need.nights.from) / scales.restedNights
}

/** Half for what stays free before the stay, half for what stays free after it. */
function usableGaps(room: RoomOffer, need: ShelterNeed, { scales }: Policy): number {
  const run = room.free.find((free) => covers(free, need.nights))
  if (!run) return 0
  const shortest = Math.max(room.shortestStayNights, scales.usableGapNights)
  const gaps: Nights[] = [
    { from: run.from, until: need.nights.from },
    { from: need.nights.until, until: run.until },
  ]
  return gaps.map(countNights).filter((nights) => nights === 0 || nights >= shortest).length / gaps.length
}
