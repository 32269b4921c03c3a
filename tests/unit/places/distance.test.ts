import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceKm } from '@/lib/places/distance'

const point = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
})
const HALF_ROUND_KM = 20_015.12

describe('distance', () => {
  it('knows a degree of the meridian, half the Earth, and the shrinking of parallels', () => {
    expect(distanceKm({ lat: 0, lon: 0 }, { lat: 1, lon: 0 })).toBeCloseTo(111.195, 2)
    expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(HALF_ROUND_KM, 1)
    expect(distanceKm({ lat: 60, lon: 0 }, { lat: 60, lon: 0.01 })).toBeCloseTo(0.556, 3)
  })

  it('crosses the date line by the short way', () => {
    expect(distanceKm({ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 })).toBeCloseTo(111.195, 2)
  })

  it('is zero at home, the same both ways, and never beyond half the Earth', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const there = distanceKm(a, b)
        expect(distanceKm(a, a)).toBe(0)
        expect(there).toBe(distanceKm(b, a))
        expect(there).toBeGreaterThanOrEqual(0)
        expect(there).toBeLessThanOrEqual(HALF_ROUND_KM)
      }),
    )
  })

  it('knows no shortcut by a third place', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        // near opposite points the formula is good to the root of what a number holds: a metre is more than that
        expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-3)
      }),
    )
  })
})
