import { describe, expect, test } from 'vitest'
import { CITIES, DISTRICTS } from '@/lib/places/places'
import { citySlugSchema, districtInCity, districtSlugSchema } from '@/lib/places/schema'

const STRANGE = [
  undefined, null, 1, {}, [], ['almaty'], '', ' ', 'Almaty', 'almaty ', 'алматы', 'nowhere', '__proto__', 'constructor', 'a'.repeat(100_000),
]

describe('ids from outside', () => {
  test('every id of the gazetteer passes', () => {
    for (const { id } of CITIES) expect(citySlugSchema.parse(id)).toBe(id)
    for (const { id } of DISTRICTS) expect(districtSlugSchema.parse(id)).toBe(id)
  })

  test.each(STRANGE.map((value) => [value]))('%j is refused with one code and no sentence', (value) => {
    const codes = [citySlugSchema, districtSlugSchema].map((schema) => schema.safeParse(value).error?.issues.map(({ message }) => message))
    expect(codes).toEqual([['CITY_UNKNOWN'], ['DISTRICT_UNKNOWN']])
  })

  test.each([
    ['almaty', 'almaty-medeu', true],
    ['astana', 'astana-almaty', true],
    ['almaty', 'astana-almaty', false],
    ['almaty', 'almaty-nowhere', false],
    ['nowhere', 'almaty-medeu', false],
    ['', '', false],
  ])('town %j, district %j: %j', (cityId, districtId, belongs) => {
    expect(districtInCity({ cityId, districtId })).toBe(belongs)
  })
})
