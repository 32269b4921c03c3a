import type { Point } from './place'

/** Mean radius of the Earth, kilometres (IUGG). */
const EARTH_RADIUS_KM = 6371.0088

/**
 * Great-circle distance between two points, in kilometres, as the crow flies.
 *
 * Haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984, p. 159.
 * A sphere is off by up to 0.5 %, which no ride to a spare room notices.
 *
 * @returns 0 for the same point; symmetric.
 */
export function distanceKm(a: Point, b: Point): number {
  const latHalf = Math.sin(radians(b.lat - a.lat) / 2)
  const lonHalf = Math.sin(radians(b.lon - a.lon) / 2)
  const h = latHalf ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lonHalf ** 2
  // Rounding can lift `h` a hair above 1 for opposite points, where asin has no answer.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
