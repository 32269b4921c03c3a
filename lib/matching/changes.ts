import { addDays } from '../time/day'
import { countNights, isEmpty } from '../time/nights'
import { findMismatches, firstMismatch, type Mismatch } from './eligibility'
import { shiftNeed, startLater } from './shift'
import type { RoomOffer, ShelterNeed } from './types'

/** No change moves, adds or drops more nights than this. */
export const MAX_CHANGED_NIGHTS = 14
/** No change adds more beds or takes away more persons than this. */
export const MAX_CHANGED_BEDS = 2

/** Rules a host can set aside for one stay when asked; facts of the house and of safety are not among them. */
export const WAIVABLE = [
  'NO_CHILDREN',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_LITTLE_NOTICE',
  'HOST_RESTS',
  'TOO_MANY_IN_ROW',
] as const satisfies readonly Mismatch[]
export type Waivable = (typeof WAIVABLE)[number]

/** One change that would make a room fit. Counts are 1 or more. */
export type Change =
  | { kind: 'COME_LATER'; nights: number }
  | { kind: 'COME_EARLIER'; nights: number }
  | { kind: 'LEAVE_EARLIER'; nights: number }
  | { kind: 'START_LATER'; nights: number }
  | { kind: 'STAY_LONGER'; nights: number }
  | { kind: 'FEWER_PERSONS'; persons: number }
  | { kind: 'MORE_BEDS'; beds: number }
  | { kind: 'GROWTH_ELSEWHERE'; persons: number }
  | { kind: 'OTHER_CITY'; cityId: string }
  | { kind: 'WITHOUT_ANIMALS' }
  | { kind: 'HOST_AGREES'; rule: Waivable }

type Pair = Readonly<{ room: RoomOffer; need: ShelterNeed }>

/**
 * The changes worth trying for a pair, smallest first: nights by their number (the whole stay later, earlier;
 * fewer nights at the end, at the start; more nights), then one or two persons or beds, those who come later
 * somewhere else, another city, without the animal, and last what the host could agree to. Bounded: at most 83.
 */
export function changesToTry({ room, need }: Pair): Change[] {
  return [...nightChanges(need), ...bedChanges(need), ...otherChanges({ room, need })]
}

/**
 * The pair as it would be after a change, for checking it against the rules again.
 *
 * `COME_LATER` and `COME_EARLIER` move the whole stay; `START_LATER` and `LEAVE_EARLIER` drop nights at one end.
 * Fewer persons means adults sleeping elsewhere: no change parts a child from its party.
 *
 * @returns `null` when the change cannot be made: a night in the past, no night left, no adult left.
 */
export function applyChange(change: Change, { room, need }: Pair): Pair | null {
  const [changedRoom, changedNeed] = [changeRoom(change, { room, need }), changeNeed(change, need)]
  return changedNeed && { room: changedRoom, need: changedNeed }
}

/**
 * The first of `changesToTry` after which every rule holds, found by asking the rules again, so it is true.
 *
 * @returns `null` when the room fits already or no single change is enough.
 */
export function findSmallestChange(pair: Pair): Change | null {
  const failed = findMismatches(pair.room, pair.need)
  if (failed.length === 0 || failed.some((rule) => FINAL.has(rule))) return null
  return changesToTry(pair).find((change) => makesItFit(change, pair)) ?? null
}

/** Failures no change in the list touches; asking the rules again would be in vain. */
export const FINAL: ReadonlySet<Mismatch> = new Set<Mismatch>([
  'UNACCOMPANIED_MINOR',
  'BLOCKED',
  'REFUSED_BEFORE',
  'HOST_NOT_VETTED',
  'HOME_TO_VISIT',
  'HOST_PAUSED',
  'OUT_OF_SERVICE',
  'WOMEN_ONLY_WANTED',
  'HOST_TAKES_WOMEN_ONLY',
  'NOT_STEP_FREE',
])

function makesItFit(change: Change, pair: Pair): boolean {
  const changed = applyChange(change, pair)
  return changed !== null && firstMismatch(changed.room, changed.need) === null
}

function upTo(limit: number): number[] {
  return Array.from({ length: limit }, (_, index) => index + 1)
}

function nightChanges(need: ShelterNeed): Change[] {
  const nightsLeft = countNights(need.nights) - 1
  return upTo(MAX_CHANGED_NIGHTS).flatMap((nights): Change[] => [
    { kind: 'COME_LATER', nights },
    { kind: 'COME_EARLIER', nights },
    ...(nights > nightsLeft ? [] : ([{ kind: 'LEAVE_EARLIER', nights }, { kind: 'START_LATER', nights }] as const)),
    { kind: 'STAY_LONGER', nights },
  ])
}

function bedChanges(need: ShelterNeed): Change[] {
  return upTo(MAX_CHANGED_BEDS).flatMap((count): Change[] => [
    ...(need.adults > count ? [{ kind: 'FEWER_PERSONS', persons: count } as const] : []),
    { kind: 'MORE_BEDS', beds: count },
  ])
}

function otherChanges({ room, need }: Pair): Change[] {
  return [
    ...(need.growth ? [{ kind: 'GROWTH_ELSEWHERE', persons: need.growth.persons } as const] : []),
    { kind: 'OTHER_CITY', cityId: room.cityId },
    { kind: 'WITHOUT_ANIMALS' },
    ...WAIVABLE.map((rule) => ({ kind: 'HOST_AGREES', rule }) as const),
  ]
}

type NightChange = Extract<Change, { nights: number }>

const MOVED: Readonly<Record<NightChange['kind'], (need: ShelterNeed, nights: number) => ShelterNeed | null>> = {
  COME_LATER: (need, nights) => shiftNeed(need, nights),
  COME_EARLIER: (need, nights) => shiftNeed(need, -nights),
  LEAVE_EARLIER: (need, nights) => leaveAfter(need, -nights),
  START_LATER: (need, nights) => startLater(need, nights),
  STAY_LONGER: (need, nights) => leaveAfter(need, nights),
}

function changeNeed(change: Change, need: ShelterNeed): ShelterNeed | null {
  if (!('nights' in change)) return changeParty(change, need)
  const moved = MOVED[change.kind](need, change.nights)
  return moved === null || isEmpty(moved.nights) ? null : moved
}

function changeParty(change: Exclude<Change, NightChange>, need: ShelterNeed): ShelterNeed | null {
  switch (change.kind) {
    case 'FEWER_PERSONS':
      return need.adults > change.persons ? { ...need, adults: need.adults - change.persons } : null
    case 'GROWTH_ELSEWHERE':
      return { ...need, growth: null }
    case 'OTHER_CITY':
      return { ...need, cityIds: [...need.cityIds, change.cityId] }
    case 'WITHOUT_ANIMALS':
      return { ...need, animals: false }
    case 'MORE_BEDS':
    case 'HOST_AGREES':
      return need
  }
}

function leaveAfter(need: ShelterNeed, nights: number): ShelterNeed {
  return { ...need, nights: { from: need.nights.from, until: addDays(need.nights.until, nights) } }
}

function changeRoom(change: Change, { room, need }: Pair): RoomOffer {
  if (change.kind === 'MORE_BEDS') return { ...room, beds: room.beds + change.beds }
  if (change.kind === 'HOST_AGREES') return { ...room, ...WAIVED[change.rule](need) }
  return room
}

const WAIVED: Readonly<Record<Waivable, (need: ShelterNeed) => Partial<RoomOffer>>> = {
  NO_CHILDREN: () => ({ childrenWelcome: true }),
  TOO_SHORT: (need) => ({ shortestStayNights: countNights(need.nights) }),
  TOO_LONG: (need) => ({ longestStayNights: countNights(need.nights) }),
  TOO_LITTLE_NOTICE: (need) => ({ noticeHours: need.hoursUntilFirstEvening }),
  HOST_RESTS: () => ({ restNights: 0 }),
  TOO_MANY_IN_ROW: () => ({ staysInRowLimit: null }),
}
