import { describe, expect, it, test } from 'vitest'
import { chanceFrom, newCode, newId } from '@/prisma/seed/chance'
import { CITY_IDS, dealCities } from '@/prisma/seed/cities'
import { daysOfFirstWeek, FIRST_WEEK } from '@/prisma/seed/crowd'

const throwsOf = (seed: number) => Array.from({ length: 50 }, ((chance) => () => chance.next())(chanceFrom(seed)))

describe('dice', () => {
  it('fall the same way for the same seed and another way for the next', () => {
    expect(throwsOf(7)).toEqual(throwsOf(7))
    expect(throwsOf(7)).not.toEqual(throwsOf(8))
  })

  it('reach both ends of a range and nothing beyond', () => {
    const chance = chanceFrom(1)
    const seen = new Set(Array.from({ length: 500 }, () => chance.int(2, 5)))
    expect([...seen].sort()).toEqual([2, 3, 4, 5])
  })

  it('weigh: what weighs nothing is never picked, the rest by its share', () => {
    const chance = chanceFrom(2)
    const seen = Array.from({ length: 2_000 }, () => chance.weigh([['never', 0], ['often', 90], ['seldom', 10]]))
    expect(seen).not.toContain('never')
    expect(seen.filter((one) => one === 'often').length / seen.length).toBeCloseTo(0.9, 1)
  })

  it('refuse to pick from nothing', () => {
    expect(() => chanceFrom(3).pick([])).toThrow(RangeError)
  })

  it('make ids that sort by the instant and codes people can say', () => {
    const chance = chanceFrom(4)
    const [first, second] = [new Date('2022-10-01T08:00:00Z'), new Date('2022-10-01T08:00:01Z')].map((at) => newId(chance, at))
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first! < second!).toBe(true)
    expect(newCode(chance)).toMatch(/^[0-9A-HJKMNP-TV-Z]{2}-[0-9A-HJKMNP-TV-Z]{3}$/)
  })
})

test.each([5, 51, 60, 82, 1_000])('%i places are dealt out to the last one, and every city gets some', (count) => {
  for (const share of ['hosts', 'arrivals'] as const) {
    const dealt = dealCities(count, share)
    expect(dealt).toHaveLength(count)
    if (count > 5) expect(new Set(dealt)).toEqual(new Set(CITY_IDS))
  }
})

test('98,000 come in the first week, on each day as many as the curve says', () => {
  const days = daysOfFirstWeek(98_000)
  const counts = FIRST_WEEK.map((_, index) => days.filter((day) => day === index - 6).length)
  expect(counts).toEqual(FIRST_WEEK.map((thousands) => thousands * 1_000))
  expect(days).toEqual([...days].sort((one, other) => one - other))
})
