import { findMismatches } from './eligibility'
import { joiningLater, partySize } from './party'
import { chooseRooms, groupBy } from './room-choice'
import type { RoomOffer, ShelterNeed } from './types'

/** Who of the party sleeps in one room. */
export interface RoomShare {
  room: RoomOffer
  /** One or more. */
  adults: number
  /** Ages in years; never a child in a room without an adult of the party. */
  childrenAges: number[]
  /** Beds kept for those who come later. */
  later: number
}

/** A party in several rooms of one home, all for the same nights. */
export interface SeveralRooms {
  homeId: string
  /** Fullest room first, as the party was seated: most beds first, then by id. */
  shares: RoomShare[]
  /** Beds of these rooms that stay empty. */
  sparedBeds: number
}

type Pair = Readonly<{ rooms: readonly RoomOffer[]; need: ShelterNeed }>

/**
 * The fewest rooms of one home that hold the whole party, and those who join it, for all nights; among those the
 * choice that leaves fewest beds empty, then the smallest ids. The order of `rooms` does not matter.
 *
 * Every room must pass every rule but the number of beds. One room comes back when one is enough. An adult sleeps in
 * each of them from the first night: a room that only waits for those who come later would be promised to nobody.
 *
 * @param rooms rooms of one home.
 * @returns `null` when the home cannot hold the party.
 * @throws RangeError when the rooms belong to more than one home, or as `findMismatches`.
 */
export function splitOverRooms({ rooms, need }: Pair): SeveralRooms | null {
  const homeId = rooms[0]?.homeId
  if (homeId === undefined) return null
  if (rooms.some((room) => room.homeId !== homeId)) throw new RangeError('rooms of more than one home')

  const open = rooms.filter((room) => findMismatches(room, need).every((rule) => rule === 'TOO_FEW_BEDS'))
  const chosen = chooseRooms({ rooms: open, adults: need.adults, children: need.childrenAges.length, later: joiningLater(need) })
  if (chosen === null || chosen.length > need.adults) return null
  const beds = chosen.reduce((sum, room) => sum + room.beds, 0)
  return { homeId, shares: seat(chosen, need), sparedBeds: beds - partySize(need) - joiningLater(need) }
}

/**
 * The homes that can take the whole party, best first: fewest rooms, then fewest empty beds, then the home's id.
 *
 * @param rooms rooms of any number of homes.
 * @param limit homes returned, 0 or more.
 * @throws RangeError as `findMismatches`.
 */
export function findSeveralRooms({ rooms, need, limit }: Pair & Readonly<{ limit: number }>): SeveralRooms[] {
  return groupBy(rooms, (room) => room.homeId)
    .map(([, ofHome]) => splitOverRooms({ rooms: ofHome, need }))
    .filter((split) => split !== null)
    .sort(inRank)
    .slice(0, limit)
}

/** The part of a need that one room answers, so that its rules and wishes can be explained on their own. */
export function needOfShare({ need, share }: { need: ShelterNeed; share: RoomShare }): ShelterNeed {
  const { adults, childrenAges, later } = share
  const growth = need.growth && later > 0 ? { ...need.growth, persons: later } : null
  return { ...need, adults, childrenAges, growth }
}

function inRank(one: SeveralRooms, other: SeveralRooms): number {
  return one.shares.length - other.shares.length || one.sparedBeds - other.sparedBeds || (one.homeId < other.homeId ? -1 : 1)
}

/** An adult in every room first, then the children beside them, youngest first, then everybody else where a bed is left. */
function seat(rooms: readonly RoomOffer[], need: ShelterNeed): RoomShare[] {
  const ages = need.childrenAges.toSorted((one, other) => one - other)
  const withAdult = Math.min(need.adults, rooms.length)
  const children = pour({ limits: rooms.map((room, index) => (index < withAdult ? room.beds - 1 : 0)), persons: ages.length })
  const first = rooms.map((room, index) => ({ room, adults: Number(index < withAdult), children: children[index] ?? 0 }))
  const adults = pour({ limits: first.map((one) => one.room.beds - one.adults - one.children), persons: need.adults - withAdult })
  const seated = first.map((one, index) => ({ ...one, adults: one.adults + (adults[index] ?? 0) }))
  const later = pour({ limits: seated.map((one) => one.room.beds - one.adults - one.children), persons: joiningLater(need) })
  return seated.map((one, index) => ({
    room: one.room,
    adults: one.adults,
    childrenAges: ages.splice(0, one.children),
    later: later[index] ?? 0,
  }))
}

/** Fills the limits in order until nobody is left. */
function pour({ limits, persons }: { limits: readonly number[]; persons: number }): number[] {
  let left = persons
  return limits.map((limit) => {
    const taken = Math.min(limit, left)
    left -= taken
    return taken
  })
}
