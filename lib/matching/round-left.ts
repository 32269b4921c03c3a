import { MISMATCHES, type Mismatch } from './eligibility'
import { groupBy } from './room-choice'
import { readRooms, type RoomFacts } from './round-facts'
import type { Market, Waiting } from './round-market'
import { findNearest, isDecidable, listLeft } from './round-nearest'
import { failsAsPair, firstFailed } from './round-rules'
import type { LeftReason, RoundLeft } from './round-types'
import { tick, type Watcher } from './round-watch'
import type { RoomOffer } from './types'

/** What came of a group that is not whole. */
export interface GroupOutcome {
  id: string
  placeable: number
  members: number
  /** They are placed: the organiser allows part. */
  inPart: boolean
  /** The members that could be placed near each other. */
  fitting: ReadonlySet<Waiting>
}

type Asked = Readonly<{
  market: Market
  /** The rooms as they were when the round began. */
  offers: readonly RoomOffer[]
  left: readonly Waiting[]
  groups: ReadonlyMap<string, GroupOutcome>
}>

/**
 * Says of every party without a place why, and what the smallest change would be that gives it a room that is still
 * free. A stopped round says why, and leaves the changes to the case page.
 */
export function explainLeft({ market, offers, left, groups }: Asked, watcher: Watcher): RoundLeft[] {
  const before = new Map(groupBy(readRooms(offers, market.toBits), ({ offer }) => offer.cityId))
  const rooms = listLeft(market.rooms)
  return left.map((party, done): RoundLeft => {
    tick(watcher, 'REASONS', done, left.length)
    const outcome = groups.get(party.asked.groupId ?? '')
    const nearest = watcher.stopped ? null : findNearest(rooms, party.variants[0])
    return {
      arrivalId: party.asked.need.id,
      reason: outcome ? groupReason(outcome) : reasonOf({ party, before, market, stopped: watcher.stopped }),
      nearest,
      needsDecision: (nearest !== null && isDecidable(nearest.change)) || (outcome?.fitting.has(party) ?? false),
      group: outcome ? groupOf(outcome, party) : null,
    }
  })
}

function groupReason({ inPart, placeable }: GroupOutcome): LeftReason {
  return inPart && placeable > 0 ? 'GROUP_REST' : 'GROUP_NOT_WHOLE'
}

function groupOf({ id, placeable, members, fitting }: GroupOutcome, party: Waiting): RoundLeft['group'] {
  return { id, placeable, members, couldBePlaced: fitting.has(party) }
}

type Wondering = Readonly<{ party: Waiting; before: ReadonlyMap<string, readonly RoomFacts[]>; market: Market; stopped: boolean }>

/** `ALL_TAKEN` where a room fitted when the round began, else the rule that most rooms of the wanted cities fail first. */
function reasonOf({ party, before, market, stopped }: Wondering): LeftReason {
  const { need } = party.asked
  if (need.adults === 0) return 'UNACCOMPANIED_MINOR'
  const counts = new Map<Mismatch, number>()
  for (const cityId of new Set(need.cityIds)) {
    for (const room of before.get(cityId) ?? []) {
      const failed = failedAlways(room, party)
      if (failed === null) return stopped && market.rooms.some((left) => failedAlways(left, party) === null) ? 'NOT_REACHED' : 'ALL_TAKEN'
      counts.set(failed, (counts.get(failed) ?? 0) + 1)
    }
  }
  const most = Math.max(0, ...counts.values())
  return MISMATCHES.find((rule) => counts.get(rule) === most) ?? 'OTHER_CITY'
}

/** The rule that fails on the nights asked for; `null` when the room fits then or after a shift. */
function failedAlways(room: RoomFacts, { variants: [asked, ...shifted] }: Waiting): Mismatch | null {
  const failed = firstFailed(room, asked)
  if (failed === null || shifted.length === 0) return failed
  const pair = failsAsPair(room, asked)
  if (pair !== null && pair !== 'TOO_FEW_BEDS') return failed
  return shifted.some((facts) => firstFailed(room, facts) === null) ? null : failed
}
