import { distanceKm } from '../places/distance'
import type { Point } from '../places/place'
import { Seating, type Seat } from './group-seats'
import { groupBy } from './room-choice'
import type { Togetherness } from './round-types'

/** How far "within minutes" reaches at most, and how far one gets in a minute, by foot and bus, as the crow flies. */
export const MOST_MINUTES = 30
export const KM_PER_MINUTE = 0.25
const KM_PER_DEGREE_NORTH = 110

/** How near to each other a circle keeps its members; smaller is nearer. */
const SAME_HOME = 0
/** Minutes are counted from here: one spot is 0 minutes wide, and still not one home. */
const FIRST_MINUTE = 1
const SAME_CITY = FIRST_MINUTE + MOST_MINUTES + 1

/** Seats near each other. */
export interface Circle {
  rank: number
  seats: readonly Seat[]
}

/** The circles in which most members can sit and, among those, the nearest; several when they are equally near. */
export interface Nearest {
  count: number
  rank: number
  circles: Circle[]
}

interface Spot {
  point: Point
  seats: Seat[]
}

type Asked = Readonly<{
  seats: readonly Seat[]
  members: number
  together: Togetherness
  places: Readonly<Record<string, Point>>
}>

/**
 * Searches the radius at which most members of a group can sleep near each other: in one home, else within minutes of
 * one of the homes, else in one city, as far as they allow. The first radius that seats everybody is the nearest.
 *
 * Around each centre homes are added from near to far, and each new seat seats one more if that is possible at all, so
 * that the count is the true maximum at every radius. Minutes are whole and never lead out of a city.
 */
export function findNearestCircles({ seats, members, together, places }: Asked): Nearest {
  const nearest: Nearest = { count: 0, rank: SAME_CITY, circles: [] }
  for (const [, inHome] of groupBy(seats, ({ homeId }) => homeId)) widen({ nearest, members }, [{ rank: SAME_HOME, seats: inHome }])
  if (together === 'SAME_HOME') return nearest
  for (const [, inCity] of groupBy(seats, ({ cityId }) => cityId)) {
    const spots = listSpots(inCity, places)
    for (const centre of spots) {
      if (isDone(nearest, members, FIRST_MINUTE)) break
      widen({ nearest, members }, ringsAround(centre, spots, reachOf(nearest, members)))
    }
  }
  if (together === 'WITHIN_MINUTES' || nearest.count === members) return nearest
  for (const [, inCity] of groupBy(seats, ({ cityId }) => cityId)) widen({ nearest, members }, [{ rank: SAME_CITY, seats: inCity }])
  return nearest
}

/** Nothing at this rank or farther could be nearer. */
function isDone({ count, rank }: Nearest, members: number, next: number): boolean {
  return count === members && rank < next
}

/** Minutes beyond which nothing could be as near as what is found. */
function reachOf({ count, rank }: Nearest, members: number): number {
  return count === members ? Math.min(MOST_MINUTES, rank - FIRST_MINUTE) : MOST_MINUTES
}

/** Adds rings from near to far, and remembers the circle each time it is the best so far, or as good as it. */
function widen({ nearest, members }: { nearest: Nearest; members: number }, rings: readonly Circle[]): void {
  const seating = new Seating(members)
  const inside: Seat[] = []
  for (const { rank, seats } of rings) {
    if (isDone(nearest, members, rank)) return
    const before = seating.count
    for (const seat of seats) seating.add(seat)
    inside.push(...seats)
    if (seating.count === before) continue
    const isBetter = seating.count > nearest.count || (seating.count === nearest.count && rank < nearest.rank)
    if (isBetter) Object.assign(nearest, { count: seating.count, rank, circles: [] })
    if (seating.count === nearest.count && rank === nearest.rank) nearest.circles.push({ rank, seats: [...inside] })
  }
}

/** Seats by the point they are at, or their district is; a home that nobody knows the place of is near nothing. */
function listSpots(seats: readonly Seat[], places: Asked['places']): Spot[] {
  const placed = seats.flatMap((seat) => {
    const point = places[seat.homeId] ?? places[seat.districtId ?? '']
    return point ? [{ seat, point }] : []
  })
  return groupBy(placed, ({ point }) => `${point.lat} ${point.lon}`).flatMap(([, at]) => {
    const [first] = at
    return first ? [{ point: first.point, seats: at.map(({ seat }) => seat) }] : []
  })
}

/** The seats around a centre, minute by minute. */
function ringsAround(centre: Spot, spots: readonly Spot[], mostMinutes: number): Circle[] {
  const rings = Array.from({ length: mostMinutes + 1 }, (_, minutes) => ({ rank: FIRST_MINUTE + minutes, seats: [] as Seat[] }))
  const reachKm = mostMinutes * KM_PER_MINUTE
  for (const spot of spots) {
    // a distance is dear, and most homes of a city are too far north or south to need one
    if (Math.abs(spot.point.lat - centre.point.lat) * KM_PER_DEGREE_NORTH > reachKm) continue
    rings[minutesBetween(centre.point, spot.point)]?.seats.push(...spot.seats)
  }
  return rings.filter(({ seats }) => seats.length > 0)
}

/** Whole minutes between two homes, begun ones counted. */
export function minutesBetween(one: Point, other: Point): number {
  return Math.ceil(distanceKm(one, other) / KM_PER_MINUTE)
}
