import { countNights } from '../time/nights'
import { runOf, type Run } from './round-facts'
import type { RoomOffer, ShelterNeed } from './types'

/** A room with the price the last round left on it, in points. */
export interface PricedRoom {
  room: Pick<RoomOffer, 'id' | 'cityId' | 'beds' | 'free'>
  price: number
}

/** Rooms' own prices, and what rooms like them cost: by city, beds and week, and by city alone; all in points a night. */
export interface PriceBook {
  rooms: ReadonlyMap<string, number>
  cells: ReadonlyMap<string, Mean>
  cities: ReadonlyMap<string, Mean>
}
interface Mean {
  sum: number
  count: number
}

/** What a ranked candidate says of a room. */
export interface Rankable {
  room: RoomOffer
  score: number
}

/** A candidate beside what the others would lose by it. */
export type Weighed<Item extends Rankable> = Item & {
  /** Points the rest of the city would lose. */
  price: number
  /** `score` less `price`. */
  worth: number
}

/** The best for this person and the best for everybody, and what the difference costs. */
export interface Comparison<Item extends Rankable> {
  alone: Weighed<Item>
  forAll: Weighed<Item>
  /** Points of their own wishes the person gives up by taking the best for everybody, 0 or more. */
  personLoses: number
  /** Points the others keep by it, 0 or more. */
  othersKeep: number
}

const NIGHTS_PER_WEEK = 7
/** Rooms of a whole city that count as much as the rooms of one cell: a cell of one room says little. */
const SMOOTHING_ROOMS = 3
/** A room's own price and that of rooms like it count alike: the round's crowd was one of many that could have come. */
const OWN_SHARE = 0.5
/** Nights before the first at which a price is full; from then on it falls to nothing, for a night that passes empty helps nobody. */
export const FULL_PRICE_NIGHTS = 7
const HOURS_PER_NIGHT = 24

/** Sorts the prices of a round into a book; a room with no night to give has none. The order of the rooms does not matter. */
export function openPriceBook(priced: readonly PricedRoom[]): PriceBook {
  const [rooms, cells, cities] = [new Map<string, number>(), new Map<string, Mean>(), new Map<string, Mean>()]
  for (const { room, price } of priced) {
    if (room.free.length === 0) continue
    const nightly = price / Math.max(...room.free.map(countNights))
    rooms.set(room.id, nightly)
    count(cities, room.cityId, nightly)
    for (const week of new Set(room.free.flatMap((run) => weeksOf(runOf(run))))) count(cells, cellOf(room, week), nightly)
  }
  return { rooms, cells, cities }
}

/**
 * What the rest of the city would lose if a party had this room for its nights, in points: for each night what rooms like
 * it cost in their week, half of it the room's own price where the round had one. A round prices a whole run, and a stay
 * takes its share of it, because the ends are given to others. It falls in the last week before the first night, because
 * fewer others can still come.
 *
 * @see round-singles.ts for where prices come from: they prove the round's optimum
 */
export function priceOf({ book, room, need }: { book: PriceBook; room: PricedRoom['room']; need: ShelterNeed }): number {
  const nights = countNights(need.nights)
  if (nights < 1) throw new RangeError(`no nights: ${need.nights.from}..${need.nights.until}`)
  const alike = nightsByWeek(runOf(need.nights)).reduce((sum, [week, count]) => sum + count * cellPrice(book, room, week), 0)
  const own = book.rooms.get(room.id)
  const price = own === undefined ? alike : OWN_SHARE * own * nights + (1 - OWN_SHARE) * alike
  return price * Math.min(1, need.hoursUntilFirstEvening / (FULL_PRICE_NIGHTS * HOURS_PER_NIGHT))
}

/** Candidates by their worth to everybody: score less price, then score, then the room's id. */
export function rankForAll<Item extends Rankable>(candidates: readonly Item[], book: PriceBook, need: ShelterNeed): Weighed<Item>[] {
  return candidates
    .map((one) => weigh(one, book, need))
    .sort((one, other) => other.worth - one.worth || other.score - one.score || (one.room.id < other.room.id ? -1 : 1))
}

/**
 * Sets the first candidate for this person beside the first for everybody.
 *
 * @param candidates best first, as `rankCandidates` gives them.
 * @returns `null` when there is none.
 */
export function compare<Item extends Rankable>(candidates: readonly Item[], book: PriceBook, need: ShelterNeed): Comparison<Item> | null {
  const [first] = candidates
  const [forAll] = rankForAll(candidates, book, need)
  if (first === undefined || forAll === undefined) return null
  const alone = weigh(first, book, need)
  return {
    alone,
    forAll,
    personLoses: Math.max(0, alone.score - forAll.score),
    othersKeep: Math.max(0, alone.price - forAll.price),
  }
}

/**
 * True when a place costs the others more than sheltering this party in it is worth now: somebody more urgent is likely to
 * come for it. A hint and never a refusal: who waits is a person, and a coordinator decides.
 *
 * @param priority whole points, from `priority.ts`.
 */
export function isNeededMore({ worth }: Pick<Weighed<Rankable>, 'worth'>, priority: number): boolean {
  return priority + worth < 0
}

function weigh<Item extends Rankable>(one: Item, book: PriceBook, need: ShelterNeed): Weighed<Item> {
  const price = Math.round(priceOf({ book, room: one.room, need }))
  return { ...one, price, worth: one.score - price }
}

/** The mean of a cell, drawn towards that of its city. */
function cellPrice({ cells, cities }: PriceBook, room: PricedRoom['room'], week: number): number {
  const city = cities.get(room.cityId) ?? { sum: 0, count: 0 }
  const cell = cells.get(cellOf(room, week)) ?? { sum: 0, count: 0 }
  const usual = city.count === 0 ? 0 : city.sum / city.count
  return (cell.sum + SMOOTHING_ROOMS * usual) / (cell.count + SMOOTHING_ROOMS)
}

function cellOf({ cityId, beds }: PricedRoom['room'], week: number): string {
  return `${cityId} ${beds} ${week}`
}

function count(means: Map<string, Mean>, key: string, price: number): void {
  const mean = means.get(key) ?? { sum: 0, count: 0 }
  means.set(key, { sum: mean.sum + price, count: mean.count + 1 })
}

function weeksOf({ from, until }: Run): number[] {
  return nightsByWeek({ from, until }).map(([week]) => week)
}

/** Weeks since 1970 with the nights of the run in each. */
function nightsByWeek({ from, until }: Run): [week: number, nights: number][] {
  const weeks: [number, number][] = []
  for (let night = from; night < until; ) {
    const week = Math.floor(night / NIGHTS_PER_WEEK)
    const next = Math.min(until, (week + 1) * NIGHTS_PER_WEEK)
    weeks.push([week, next - night])
    night = next
  }
  return weeks
}
