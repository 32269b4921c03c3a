import type { RoomOffer } from './types'

interface Party {
  adults: number
  children: number
  /** Persons who join the stay later; they need beds, and watch over no child. */
  later: number
}

/** Rooms of equal beds, which are all alike here; by id. */
interface Size {
  beds: number
  rooms: RoomOffer[]
}

/**
 * Chooses the fewest rooms that hold a party with every child beside an adult of it, then the fewest beds, then,
 * between equals, more of the larger rooms and the smaller ids.
 *
 * A larger room is never worse, so the largest rooms decide how many are needed; which ones is then searched
 * exactly, over sizes instead of rooms.
 *
 * @returns rooms with most beds first, then by id; `null` when all of them together are not enough.
 */
export function chooseRooms({ rooms, ...party }: Party & { rooms: readonly RoomOffer[] }): RoomOffer[] | null {
  const ordered = rooms.toSorted((one, other) => other.beds - one.beds || (one.id < other.id ? -1 : 1))
  const count = ordered.findIndex((_room, index) => holds(bedsOf(ordered.slice(0, index + 1)), party)) + 1
  if (count === 0) return null
  const sizes = groupBySize(ordered)
  const counts = fewestBeds({ sizes, count, party })
  return sizes.flatMap((size, index) => size.rooms.slice(0, counts[index] ?? 0))
}

/** True when these rooms, most beds first, can hold the party: an adult sleeps in each of the first, children beside them. */
function holds(beds: readonly number[], { adults, children, later }: Party): boolean {
  const watched = beds.slice(0, adults)
  const placesBesideAdults = sum(watched) - watched.length
  return sum(beds) >= adults + children + later && placesBesideAdults >= children
}

/** How many rooms of each size, `count` in all: the feasible choice with the fewest beds, the first found of equals. */
function fewestBeds({ sizes, count, party }: { sizes: readonly Size[]; count: number; party: Party }): number[] {
  let best: number[] = []
  let bestBeds = Infinity
  const visit = (index: number, taken: number[], left: number, beds: number): void => {
    if (beds >= bestBeds) return
    if (left === 0) {
      if (!holds(bedsOfCounts(sizes, taken), party)) return
      best = taken
      bestBeds = beds
      return
    }
    const size = sizes[index]
    if (!size) return
    for (let rooms = Math.min(left, size.rooms.length); rooms >= 0; rooms -= 1) {
      visit(index + 1, [...taken, rooms], left - rooms, beds + rooms * size.beds)
    }
  }
  visit(0, [], count, 0)
  return best
}

function groupBySize(ordered: readonly RoomOffer[]): Size[] {
  return groupBy(ordered, (room) => room.beds).map(([beds, alike]) => ({ beds, rooms: alike }))
}

function bedsOfCounts(sizes: readonly Size[], counts: readonly number[]): number[] {
  return sizes.flatMap((size, index) => Array.from({ length: counts[index] ?? 0 }, () => size.beds))
}

function bedsOf(rooms: readonly RoomOffer[]): number[] {
  return rooms.map((room) => room.beds)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The items grouped by key, groups in the order their first item came. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): [Key, Item[]][] {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups]
}
