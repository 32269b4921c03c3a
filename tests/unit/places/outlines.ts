import type { Country, Point } from '@/lib/places/place'

type Outline = readonly (readonly [lon: number, lat: number])[]

/**
 * Generous hand-drawn outlines, corners as [longitude, latitude]: about half a degree outside the border, so they
 * catch swapped, mistyped or foreign points and nothing finer.
 */
const OUTLINES: Record<Country, Outline> = {
  KZ: [
    [46.2, 48.3], [46.6, 50.0], [48.3, 51.0], [50.7, 52.2], [55.0, 51.6], [58.6, 51.6], [59.6, 52.6],
    [60.6, 54.5], [65.2, 54.9], [70.9, 55.9], [77.0, 54.8], [80.5, 51.6], [84.0, 51.2], [87.8, 49.3],
    [86.4, 46.8], [83.3, 46.8], [82.9, 45.0], [81.0, 44.6], [80.9, 42.0], [79.0, 42.5], [75.9, 42.6],
    [73.4, 42.1], [71.0, 41.9], [69.3, 41.0], [68.2, 40.3], [66.4, 40.8], [64.9, 43.3], [62.0, 43.1],
    [58.6, 45.1], [56.4, 44.7], [56.4, 41.0], [52.4, 41.3], [49.7, 44.0], [50.3, 45.5], [47.6, 46.5],
  ],
  KG: [
    [69.0, 39.2], [69.0, 40.4], [70.3, 41.8], [70.5, 42.9], [73.0, 42.8], [73.4, 43.3], [75.5, 43.2],
    [78.0, 42.95], [79.5, 43.0], [80.6, 42.2], [78.0, 40.8], [76.4, 40.2], [74.0, 39.2],
  ],
}

/** Counts how often a ray to the east crosses the outline; odd means inside. */
export function insideCountry(point: Point, country: Country): boolean {
  const outline = OUTLINES[country]
  const crossings = outline.filter(([lon, lat], corner) => {
    const [nextLon, nextLat] = outline[(corner + 1) % outline.length]!
    if (lat > point.lat === nextLat > point.lat) return false
    return point.lon < lon + ((point.lat - lat) / (nextLat - lat)) * (nextLon - lon)
  })
  return crossings.length % 2 === 1
}
