/**
 * Towns of arrivals and rooms, made from a seed: the same seed and size make the same town on any machine. What a party
 * needs and how well a room fits is modelled on the rules and wishes of `lib/matching`, in typed arrays, so that millions
 * of pairs can be looked at.
 */

/** Numbers from 0 up to 1, the same for the same seed: mulberry32 (T. Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Geography = 'AREAS' | 'ZIPF' | 'NONE'
export const GEOGRAPHIES: readonly Geography[] = ['AREAS', 'ZIPF', 'NONE']

/** Rooms of one small area and areas of one city, on average; rooms for each city of a Zipf land, and its cities at most. */
const AREA_ROOMS = 75
const CITY_AREAS = 20
const CITY_ROOMS = 100
const CITIES = 500
/** Rooms an arrival hears of, where it does not look at all of its areas. */
const HEARD_OF = 150

/** Bits of what a party needs and a room has: a pair is possible when the room has all of them. */
const NEEDS = { STEP_FREE: 1, ANIMALS: 2, WOMEN_ONLY: 4, CHILDREN: 8 } as const
/** Bits of what a party wishes and a room offers. */
const QUIET = 1
const PRIVATE_BATH = 2
const OWN_ENTRANCE = 4

export interface World {
  arrivals: number
  rooms: number
  weights: Int32Array
  /** Of the rooms, sorted by area: an area's rooms are those from `areaStarts[area]` to `areaStarts[area + 1]`. */
  areaStarts: Int32Array
  beds: Uint8Array
  has: Uint8Array
  speaks: Uint8Array
  offers: Uint8Array
  district: Uint8Array
  /** Points any party gets: a rested host, a fresh offer, quick answers. */
  goodness: Uint8Array
  /** Of the arrivals: the areas they would go to (the second -1 where there is one), and the rest as above. */
  areas: Int32Array
  persons: Uint8Array
  needs: Uint8Array
  languages: Uint8Array
  wishes: Uint8Array
  wantedDistrict: Uint8Array
}

type Chance = () => number

/** @param ofRooms share of rooms for each arrival: 4 arrivals a room unless named. */
export function makeWorld({ arrivals, geography, seed, rooms = Math.round(arrivals / 4) }: {
  arrivals: number
  geography: Geography
  seed: number
  rooms?: number
}): World {
  const chance = seeded(seed)
  const shares = sharesOf(geography, rooms)
  const pickArea = pickerOf(shares, chance)
  const areaOfRoom = Int32Array.from({ length: rooms }, pickArea).sort()
  const areaStarts = new Int32Array(shares.length + 1)
  for (const area of areaOfRoom) areaStarts[area + 1]! += 1
  for (let area = 0; area < shares.length; area += 1) areaStarts[area + 1]! += areaStarts[area]!
  const bytes = (length: number, make: () => number) => Uint8Array.from({ length }, make)
  const world = {
    arrivals, rooms, areaStarts,
    beds: bytes(rooms, () => personsOf(chance, 0.6)),
    has: bytes(rooms, () => bits(chance, [0.35, 0.4, 0.25, 0.7])),
    speaks: bytes(rooms, () => bits(chance, [0.8, 0.6, 0.25, 0.15])),
    offers: bytes(rooms, () => bits(chance, [0.5, 0.4, 0.2])),
    district: bytes(rooms, () => Math.floor(chance() * 8)),
    goodness: bytes(rooms, () => Math.floor(chance() * 16)),
    areas: areasOf({ arrivals, geography, areas: shares.length }, { pickArea, chance }),
    persons: bytes(arrivals, () => personsOf(chance, 0.62)),
    needs: bytes(arrivals, () => bits(chance, [0.08, 0.12, 0.1, 0.3])),
    languages: bytes(arrivals, () => bits(chance, [0.5, 0.7, 0.1, 0.1])),
    wishes: bytes(arrivals, () => bits(chance, [0.4, 0.3, 0.2])),
    wantedDistrict: bytes(arrivals, () => Math.floor(chance() * 16)),
  }
  const weights = Int32Array.from({ length: arrivals }, (_, arrival) => urgency(chance, world.persons[arrival]!, world.needs[arrival]!))
  return { ...world, weights }
}

function sharesOf(geography: Geography, rooms: number): number[] {
  if (geography === 'NONE') return [1]
  if (geography === 'ZIPF') {
    const cities = Math.min(CITIES, Math.ceil(rooms / CITY_ROOMS))
    return Array.from({ length: cities }, (_, rank) => 1 / (rank + 1))
  }
  return Array.from({ length: Math.max(1, Math.round(rooms / AREA_ROOMS)) }, () => 1)
}

/** Two small areas of one city for each arrival, or the one city it would go to. */
function areasOf(
  { arrivals, geography, areas }: { arrivals: number; geography: Geography; areas: number },
  { pickArea, chance }: { pickArea: () => number; chance: Chance },
): Int32Array {
  const pairs = new Int32Array(2 * arrivals).fill(-1)
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    const area = pickArea()
    pairs[2 * arrival] = area
    if (geography !== 'AREAS') continue
    const first = area - (area % CITY_AREAS)
    pairs[2 * arrival + 1] = first + Math.floor(chance() * Math.min(CITY_AREAS, areas - first))
  }
  return pairs
}

function pickerOf(shares: readonly number[], chance: Chance): () => number {
  let total = 0
  const sums = shares.map((share) => (total += share))
  return () => {
    const wanted = chance() * total
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** 1 to 6, each next one as likely as the last times `more`. */
function personsOf(chance: Chance, more: number): number {
  let persons = 1
  while (persons < 6 && chance() < more) persons += 1
  return persons
}

function bits(chance: Chance, likely: readonly number[]): number {
  return likely.reduce((mask, share, bit) => (chance() < share ? mask | (1 << bit) : mask), 0)
}

/** Points of the default policy (`lib/matching/policy.ts`), each part as often as in a hard week. */
function urgency(chance: Chance, persons: number, needs: number): number {
  const part = (points: number, share: number) => (chance() < share ? points : 0)
  const children = (needs & NEEDS.CHILDREN) === 0 ? part(800, 0.1) : 800
  return part(1600, 0.2) + children + part(400, 0.15) + part(200, 0.1) + 2 * Math.floor(60 * chance() ** 2) + persons
}

/** How well the room fits, 0 or more, at most `LARGEST_FIT`; -1 when it cannot be. */
export function fitOf(world: World, arrival: number, room: number): number {
  const spare = world.beds[room]! - world.persons[arrival]!
  const needs = world.needs[arrival]!
  if (spare < 0 || (world.has[room]! & needs) !== needs) return -1
  const isWanted = (world.district[room] ?? -1) === world.wantedDistrict[arrival]
  const met = world.offers[room]! & world.wishes[arrival]!
  return (
    20 - 4 * spare + world.goodness[room]!
    + ((world.speaks[room]! & world.languages[arrival]!) === 0 ? 0 : 12)
    + (isWanted ? 15 : 0)
    + 5 * ((met & QUIET) + ((met & PRIVATE_BATH) >> 1) + ((met & OWN_ENTRANCE) >> 2))
  )
}

/** 20 of size, 15 of goodness, 12 of language, 15 of district, 15 of wishes. */
export const LARGEST_FIT = 77

/** Every possible pair of an arrival in the areas it would go to. */
export function listFeasible(world: World, arrival: number, add: (room: number, fit: number) => void): void {
  for (let which = 0; which < 2; which += 1) {
    const area = world.areas[2 * arrival + which]!
    if (area < 0 || (which === 1 && area === world.areas[2 * arrival])) continue
    const end = world.areaStarts[area + 1]!
    for (let room = world.areaStarts[area]!; room < end; room += 1) {
      const fit = fitOf(world, arrival, room)
      if (fit >= 0) add(room, fit)
    }
  }
}

/** Possible pairs with some rooms of the arrival's city, or of the whole land, drawn anew from its number each time. */
export function listHeardOf(world: World, arrival: number, add: (room: number, fit: number) => void): void {
  const chance = seeded(arrival + 1)
  const area = world.areas[2 * arrival]!
  const first = world.areaStarts[area]!
  const rooms = world.areaStarts[area + 1]! - first
  const heard = new Set<number>()
  for (let drawn = 0; drawn < HEARD_OF && heard.size < rooms; drawn += 1) heard.add(first + Math.floor(chance() * rooms))
  for (const room of heard) {
    const fit = fitOf(world, arrival, room)
    if (fit >= 0) add(room, fit)
  }
}
