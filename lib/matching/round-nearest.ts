import { applyChange, changesToTry, FINAL, MAX_CHANGED_NIGHTS, type Change } from './changes'
import type { Mismatch } from './eligibility'
import { groupBy } from './room-choice'
import { ASKS, byId, withNeed, type NeedFacts, type RoomFacts } from './round-facts'
import { firstFailed } from './round-rules'
import type { NearestFix } from './round-types'

/** The kinds of change that could mend a failed rule; a room that fails by it fits after no other. */
const MENDS: Readonly<Partial<Record<Mismatch, readonly Change['kind'][]>>> = {
  OTHER_CITY: ['OTHER_CITY'],
  TOO_FEW_BEDS: ['FEWER_PERSONS', 'MORE_BEDS', 'GROWTH_ELSEWHERE'],
  NO_CHILDREN: ['HOST_AGREES'],
  NO_ANIMALS: ['WITHOUT_ANIMALS'],
}
/** What no change of the list touches. */
const UNCHANGEABLE = ASKS.OPEN | ASKS.STEP_FREE | ASKS.WOMEN_ONLY | ASKS.MIXED_COMPANY
const NIGHTS: readonly Change['kind'][] = ['COME_LATER', 'COME_EARLIER', 'LEAVE_EARLIER', 'START_LATER', 'STAY_LONGER']
const BY_NIGHTS: readonly Change['kind'][] = [...NIGHTS, 'HOST_AGREES']

/** Rooms of which something is left, all and by city, each list in the order of their ids. */
export interface RoomsLeft {
  open: readonly RoomFacts[]
  byCity: ReadonlyMap<string, readonly RoomFacts[]>
}

/** @param rooms in the order of their ids. */
export function listLeft(rooms: readonly RoomFacts[]): RoomsLeft {
  const open = rooms.filter(({ free }) => free.length > 0)
  return { open, byCity: new Map(groupBy(open, ({ offer }) => offer.cityId)) }
}

/**
 * The smallest change after which one of these rooms fits, as `findSmallestChange` would find it by asking every room;
 * of rooms that the same change mends, the smaller id. Nothing where a room fits as it is.
 */
export function findNearest({ open, byCity }: RoomsLeft, facts: NeedFacts): NearestFix | null {
  const [first] = open
  if (first === undefined) return null
  const tries = changesToTry({ room: first.offer, need: facts.need }).map((change, index): Try => ({ change, index, changed: undefined }))
  const useful = new Map<Mismatch, Try[]>()
  const wanted = new Set(facts.need.cityIds)
  let nearest: Found | null = null
  for (const room of inCities(byCity, wanted)) {
    if ((room.lacks & facts.asks & UNCHANGEABLE) !== 0 || isTooFar(room, facts, nearest)) continue
    const failed = firstFailed(room, facts)
    if (failed === null) return null
    if (FINAL.has(failed)) continue
    const chosen = useful.get(failed) ?? tries.filter(({ change }) => isUseful(change, failed, facts))
    useful.set(failed, chosen)
    nearest = firstOf({ tries: chosen, room, facts }, nearest)
  }
  nearest = elsewhere({ open, wanted, facts, one: tries.find(({ change }) => change.kind === 'OTHER_CITY') }, nearest)
  return nearest && { roomId: nearest.room.offer.id, change: named(nearest.one.change, nearest.room) }
}

/** City by city; few ask for more than one, and then the list is made for them. */
function inCities(byCity: RoomsLeft['byCity'], wanted: ReadonlySet<string>): readonly RoomFacts[] {
  const lists = [...wanted].map((cityId) => byCity.get(cityId) ?? [])
  const [first = []] = lists
  return lists.length > 1 ? lists.flat() : first
}

type Elsewhere = Readonly<{ open: readonly RoomFacts[]; wanted: ReadonlySet<string>; facts: NeedFacts; one: Try | undefined }>

/** The first room of a city that is not wanted and fits but for that, if nothing smaller is found: no other change mends a city. */
function elsewhere({ open, wanted, facts, one }: Elsewhere, nearest: Found | null): Found | null {
  if (one === undefined || (nearest !== null && nearest.one.index < one.index)) return nearest
  const room = open.find((other) =>
    (other.lacks & facts.asks) === 0
    && other.offer.beds >= facts.sleepers
    && !wanted.has(other.offer.cityId)
    && nightsShort(other, facts) === 0
    && fitsAfter(one, other, facts))
  return room ? { room, one } : nearest
}

interface Found {
  room: RoomFacts
  one: Try
}

/** The first change that is enough for this room, if it is smaller than the nearest so far. */
function firstOf({ tries, room, facts }: Readonly<{ tries: readonly Try[]; room: RoomFacts; facts: NeedFacts }>, nearest: Found | null): Found | null {
  const short = nightsShort(room, facts)
  for (const one of tries) {
    if (nearest !== null && !isNearer({ room, one }, nearest)) return nearest
    if (nightsOf(one.change) >= short && fitsAfter(one, room, facts)) return { room, one }
  }
  return nearest
}

/** A smaller change, or the same one to the room with the smaller id. */
function isNearer(found: Found, nearest: Found): boolean {
  return (found.one.index - nearest.one.index || byId(found.room.offer, nearest.room.offer)) < 0
}

/** True when the nights of a room are too far off for any change, or for one that is smaller than what is found; most are. */
function isTooFar(room: RoomFacts, facts: NeedFacts, nearest: Found | null): boolean {
  const short = nightsShort(room, facts)
  return short > MAX_CHANGED_NIGHTS || (nearest !== null && 'nights' in nearest.one.change && short > nearest.one.change.nights)
}

/** The fewest nights a change must move an end of the stay for a free run to hold it; 0 when one does. */
function nightsShort({ free }: RoomFacts, { from, until }: NeedFacts): number {
  let fewest = Infinity
  for (const run of free) fewest = Math.min(fewest, Math.max(0, run.from - from, until - run.until))
  return fewest
}

/** Nights a change moves an end of the stay; 0 for changes of something else. */
function nightsOf(change: Change): number {
  return 'nights' in change ? change.nights : 0
}

/** A change with the need as it would be, made when it is first asked. */
interface Try {
  change: Change
  index: number
  changed: NeedFacts | null | undefined
}

function isUseful(change: Change, failed: Mismatch, { need }: NeedFacts): boolean {
  if (change.kind === 'HOST_AGREES') return change.rule === failed
  const kinds = MENDS[failed] ?? BY_NIGHTS
  return kinds.includes(change.kind) || (failed === 'TOO_FEW_BEDS' && need.growth !== null && NIGHTS.includes(change.kind))
}

function fitsAfter(one: Try, room: RoomFacts, facts: NeedFacts): boolean {
  const { change } = one
  if (change.kind === 'MORE_BEDS') return firstFailed(room, { ...facts, sleepers: facts.sleepers - change.beds }) === null
  if (change.kind === 'HOST_AGREES') return firstFailed(agreed(change, room, facts), facts) === null
  if (change.kind === 'OTHER_CITY') return firstFailed(room, inCity(facts, room.offer.cityId)) === null
  if (one.changed === undefined) one.changed = changedNeed(change, room, facts)
  return one.changed !== null && firstFailed(room, one.changed) === null
}

function inCity(facts: NeedFacts, cityId: string): NeedFacts {
  return { ...facts, need: { ...facts.need, cityIds: [...facts.need.cityIds, cityId] } }
}

function changedNeed(change: Change, { offer }: RoomFacts, facts: NeedFacts): NeedFacts | null {
  const pair = applyChange(change, { room: offer, need: facts.need })
  return pair && withNeed(facts, pair.need)
}

/** The room as its host would offer it for this stay. */
function agreed(change: Change, room: RoomFacts, { need }: NeedFacts): RoomFacts {
  return { ...room, offer: applyChange(change, { room: room.offer, need })?.room ?? room.offer }
}

/** A change as it is for this room: the city is the room's own. */
function named(change: Change, { offer }: RoomFacts): Change {
  return change.kind === 'OTHER_CITY' ? { ...change, cityId: offer.cityId } : change
}

/** Whether somebody could decide a change: a bed that is not there cannot be decided. */
export function isDecidable({ kind }: Change): boolean {
  return kind !== 'MORE_BEDS'
}
