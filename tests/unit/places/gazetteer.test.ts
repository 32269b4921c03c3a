import { describe, expect, it, test } from 'vitest'
import { distanceKm } from '@/lib/places/distance'
import { foldName } from '@/lib/places/fold'
import type { PlaceNames } from '@/lib/places/place'
import { CITIES, DISTRICTS, FRONT_CITIES, REGIONS, districtsOf, findCity, regionOf, searchCities } from '@/lib/places/places'
import { insideCountry } from './outlines'

const SLUG = /^[a-z]+(-[a-z]+)*$/
const PLACES = [...CITIES, ...DISTRICTS, ...REGIONS]

/** Letters of each alphabet, and the signs a name may hold: space, hyphen, brackets, in English an apostrophe. */
const ALPHABETS: Record<keyof PlaceNames, RegExp> = {
  ru: /^[а-яё ()-]+$/i,
  kk: /^[а-яёәғқңөұүһі ()-]+$/i,
  ky: /^[а-яёңөү ()-]+$/i,
  en: /^[a-z '()-]+$/i,
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, place) => values.indexOf(value) !== place)
}

/** Minutes ahead of UTC on that day at noon. */
function offsetMinutes(timeZone: string, day: string): number {
  const noon = new Date(`${day}T12:00:00Z`)
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(noon)
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')!.value)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

describe('ids', () => {
  test('no two towns, districts or regions share an id', () => {
    expect(repeated(CITIES.map(({ id }) => id))).toEqual([])
    expect(repeated(DISTRICTS.map(({ id }) => id))).toEqual([])
    expect(repeated(REGIONS.map(({ id }) => id))).toEqual([])
  })

  test('every id is a slug of plain letters', () => {
    expect(PLACES.map(({ id }) => id).filter((id) => !SLUG.test(id))).toEqual([])
  })

  test('a district is named after its town, which exists', () => {
    for (const { id, cityId } of DISTRICTS) {
      expect(findCity(cityId)).toBeDefined()
      expect(id.startsWith(`${cityId}-`)).toBe(true)
    }
  })

  test('a town lies in a region of its own country, and every region has a town', () => {
    for (const city of CITIES) expect(regionOf(city).country).toBe(city.country)
    const used = new Set(CITIES.map(({ region }) => region))
    expect(REGIONS.filter(({ id }) => !used.has(id))).toEqual([])
  })

  test('the regions of 2022 are there', () => {
    expect(REGIONS.map(({ id }) => id)).toEqual(expect.arrayContaining(['abai', 'jetisu', 'ulytau', 'turkistan']))
    expect(REGIONS.filter(({ country }) => country === 'KZ')).toHaveLength(17 + 3)
    expect(REGIONS.filter(({ country }) => country === 'KG')).toHaveLength(7 + 2)
  })

  test('the tiles of the first screen are towns of the gazetteer', () => {
    expect(FRONT_CITIES.filter((id) => findCity(id) === undefined)).toEqual([])
  })

  test('no town under Russian law or beside a Russian base is offered', () => {
    for (const name of ['Байконур', 'Байқоңыр', 'Baikonur', 'Кант', 'Kant']) {
      expect(searchCities(name, 'ru').map(({ id }) => id)).toEqual([])
    }
  })
})

describe('names', () => {
  test.each(['ru', 'kk', 'en', 'ky'] as const)('%s names are written in their own alphabet, none is empty', (locale) => {
    const names = PLACES.map((place) => place.names[locale] ?? (locale === 'ky' ? 'нет' : ''))
    expect(names.filter((name) => name.trim() !== name || !ALPHABETS[locale].test(name))).toEqual([])
  })

  test('every place of Kyrgyzstan has a Kyrgyz name', () => {
    const places = [...CITIES, ...REGIONS].filter(({ country }) => country === 'KG')
    const districts = districtsOf('bishkek')
    expect([...places, ...districts].filter(({ names }) => names.ky === undefined)).toEqual([])
  })

  test('names are composed (NFC), so that fonts draw one letter and not two', () => {
    const all = PLACES.flatMap(({ names }) => Object.values(names))
    expect(all.filter((name) => name !== name.normalize('NFC'))).toEqual([])
  })

  test('no two districts of a town share a name', () => {
    for (const locale of ['ru', 'kk', 'en'] as const) {
      expect(repeated(DISTRICTS.map(({ cityId, names }) => `${cityId} ${names[locale]}`))).toEqual([])
    }
  })

  test('no two towns share a spelling, former names included', () => {
    const spellings = CITIES.flatMap(({ names, aliases }) => [
      ...new Set([...Object.values(names), ...aliases].map((name) => foldName(name))),
    ])
    expect(repeated(spellings)).toEqual([])
    expect(spellings).not.toContain('')
  })

  test('every name and every alias finds its own town first', () => {
    for (const { id, names, aliases } of CITIES) {
      for (const name of [...Object.values(names), ...aliases]) {
        expect([name, searchCities(name, 'ru')[0]?.id]).toEqual([name, id])
      }
    }
  })
})

describe('points', () => {
  test('every town lies in its country', () => {
    expect(CITIES.filter((city) => !insideCountry(city, city.country)).map(({ id }) => id)).toEqual([])
  })

  test('the outlines are fit to catch a stray', () => {
    const [omsk, tashkent, almaty] = [{ lat: 54.99, lon: 73.37 }, { lat: 41.31, lon: 69.28 }, findCity('almaty')!]
    expect(insideCountry(omsk, 'KZ')).toBe(true)
    expect(insideCountry({ lat: 55.75, lon: 37.62 }, 'KZ')).toBe(false)
    expect(insideCountry({ lat: almaty.lon, lon: almaty.lat }, 'KZ')).toBe(false)
    expect(insideCountry(tashkent, 'KG')).toBe(false)
    expect(insideCountry(almaty, 'KG')).toBe(false)
  })

  test('no two towns stand on the same spot', () => {
    const close = CITIES.flatMap((one, place) =>
      CITIES.slice(place + 1)
        .filter((other) => distanceKm(one, other) < 4)
        .map((other) => `${one.id} ${other.id}`),
    )
    expect(close).toEqual([])
  })

  test('every district lies within 60 km of its town, and no two in the same place', () => {
    for (const district of DISTRICTS) {
      expect(distanceKm(district, findCity(district.cityId)!)).toBeLessThan(60)
      const rest = DISTRICTS.filter(({ id }) => id !== district.id)
      expect(Math.min(...rest.map((other) => distanceKm(district, other)))).toBeGreaterThan(1)
    }
  })

  test.each([
    ['almaty', 8],
    ['astana', 6],
    ['shymkent', 5],
    ['bishkek', 4],
    ['oral', 0],
    ['nowhere', 0],
  ])('%s has %i districts', (cityId, count) => {
    expect(districtsOf(cityId)).toHaveLength(count)
  })

  test.each([
    ['almaty', 'bishkek', 190],
    ['astana', 'karaganda', 190],
    ['oral', 'aktobe', 420],
    ['atyrau', 'aktau', 390],
    ['semey', 'oskemen', 175],
    ['shymkent', 'taraz', 160],
    ['kostanay', 'petropavl', 400],
    ['osh', 'jalal-abad', 48],
  ])('%s and %s are about %i km apart', (from, to, knownKm) => {
    const foundKm = distanceKm(findCity(from)!, findCity(to)!)
    expect(Math.abs(foundKm - knownKm)).toBeLessThanOrEqual(20)
  })
})

describe('clocks', () => {
  const EAST = ['Asia/Almaty', 'Asia/Qostanay']

  it('uses zones this runtime knows', () => {
    for (const zone of new Set(CITIES.map(({ timeZone }) => timeZone))) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
    }
  })

  test.each([
    ['almaty', 6, 5],
    ['astana', 6, 5],
    ['kostanay', 6, 5],
    ['oral', 5, 5],
    ['aktobe', 5, 5],
    ['aktau', 5, 5],
    ['atyrau', 5, 5],
    ['kyzylorda', 5, 5],
    ['bishkek', 6, 6],
    ['osh', 6, 6],
  ])('%s was UTC+%i in October 2022 and is UTC+%i since 2024', (id, then, now) => {
    const { timeZone } = findCity(id)!
    expect(offsetMinutes(timeZone, '2022-10-01')).toBe(then * 60)
    expect(offsetMinutes(timeZone, '2026-01-01')).toBe(now * 60)
  })

  test('towns of one region share a clock, and Kazakhstan has one time today', () => {
    for (const { id } of REGIONS) {
      expect(new Set(CITIES.filter(({ region }) => region === id).map(({ timeZone }) => timeZone)).size).toBe(1)
    }
    const zones = new Set(CITIES.filter(({ country }) => country === 'KZ').map(({ timeZone }) => timeZone))
    for (const zone of zones) {
      expect(offsetMinutes(zone, '2026-01-01')).toBe(300)
      expect(offsetMinutes(zone, '2022-10-01')).toBe(EAST.includes(zone) ? 360 : 300)
    }
  })
})
