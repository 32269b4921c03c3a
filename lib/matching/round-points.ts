import type { Policy, Wish } from './policy'
import type { NeedFacts, RoomFacts, Run } from './round-facts'
import { runAround } from './round-rules'

const FREE_SIDES = 2

/**
 * The score of a room that fits: `scoreRoom` of `score.ts` in numbers, for the room as it is left and its host as it is
 * promised now. A property test holds the two to each other.
 *
 * @returns whole points.
 */
export function pointsOf(room: RoomFacts, facts: NeedFacts, policy: Policy): number {
  const { offer } = room
  const { wishes, scales } = policy
  return (
    pointsFor(wishes.RIGHT_SIZE, facts.sleepers > offer.beds ? 0 : facts.sleepers / offer.beds) +
    pointsFor(wishes.NO_MOVE, 1) +
    pointsFor(wishes.HOST_RESTED, restedShare(room, facts.from, scales.restedNights)) +
    pointsFor(wishes.FRESH_OFFER, 1 - offer.confirmedDaysAgo / scales.staleDays) +
    pointsFor(wishes.HOST_ANSWERS, offer.answerRate ?? scales.unknownAnswerRate) +
    pointsFor(wishes.USABLE_GAP, usableShare(room, facts, scales.usableGapNights)) +
    wishedPoints(room, facts, wishes)
  )
}

/** The wishes that only count where somebody wished. */
function wishedPoints({ offer, languages }: RoomFacts, facts: NeedFacts, wishes: Policy['wishes']): number {
  const { need } = facts
  let points = 0
  if (need.cityIds.length > 1) points += pointsFor(wishes.WANTED_CITY, cityShare(need.cityIds, offer.cityId))
  if (need.districtId !== null) points += pointsIf(wishes, 'WANTED_DISTRICT', offer.districtId === need.districtId)
  if (need.languages.length > 0) points += pointsIf(wishes, 'COMMON_LANGUAGE', (languages & facts.languages) !== 0)
  if (need.quietWished) points += pointsIf(wishes, 'QUIET', offer.quiet)
  if (need.privateBathWished) points += pointsIf(wishes, 'PRIVATE_BATH', offer.privateBath)
  if (need.ownEntranceWished) points += pointsIf(wishes, 'OWN_ENTRANCE', offer.ownEntrance)
  return points
}

function pointsIf(wishes: Policy['wishes'], wish: Wish, met: boolean): number {
  return met ? Math.round(wishes[wish]) : 0
}

function pointsFor(maximum: number, share: number): number {
  return Math.round(maximum * Math.min(1, Math.max(0, share)))
}

function cityShare(cityIds: readonly string[], cityId: string): number {
  const place = cityIds.indexOf(cityId)
  return place === -1 ? 0 : (cityIds.length - place) / cityIds.length
}

function restedShare({ stays, host }: RoomFacts, from: number, restedNights: number): number {
  let lastMorning = -Infinity
  for (const stay of stays) if (stay.from < from && stay.until > lastMorning) lastMorning = stay.until
  for (const stay of host.promised) if (stay.from < from && stay.until > lastMorning) lastMorning = stay.until
  return lastMorning === -Infinity ? 1 : (from - lastMorning) / restedNights
}

function usableShare({ free, offer }: RoomFacts, nights: Run, usableGapNights: number): number {
  const run = runAround(free, nights)
  if (!run) return 0
  const shortest = Math.max(offer.shortestStayNights, usableGapNights)
  return (isUsable(nights.from - run.from, shortest) + isUsable(run.until - nights.until, shortest)) / FREE_SIDES
}

function isUsable(gap: number, shortest: number): number {
  return gap === 0 || gap >= shortest ? 1 : 0
}
