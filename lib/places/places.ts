import { DISTRICTS_KAZAKHSTAN } from './gazetteer/districts-kazakhstan'
import { DISTRICTS_KYRGYZSTAN } from './gazetteer/districts-kyrgyzstan'
import { KAZAKHSTAN_CENTRE } from './gazetteer/kazakhstan-centre'
import { KAZAKHSTAN_EAST } from './gazetteer/kazakhstan-east'
import { KAZAKHSTAN_NORTH } from './gazetteer/kazakhstan-north'
import { KAZAKHSTAN_SOUTH } from './gazetteer/kazakhstan-south'
import { KAZAKHSTAN_SOUTHEAST } from './gazetteer/kazakhstan-southeast'
import { KAZAKHSTAN_WEST } from './gazetteer/kazakhstan-west'
import { KYRGYZSTAN } from './gazetteer/kyrgyzstan'
import { REGIONS_KAZAKHSTAN } from './gazetteer/regions-kazakhstan'
import { REGIONS_KYRGYZSTAN } from './gazetteer/regions-kyrgyzstan'
import type { City, District, PlaceLocale, PlaceNames, Region } from './place'
import { indexCities, rankCities } from './search'

/** Every town of the gazetteer, country by country. */
export const CITIES: readonly City[] = [
  ...KAZAKHSTAN_WEST,
  ...KAZAKHSTAN_NORTH,
  ...KAZAKHSTAN_CENTRE,
  ...KAZAKHSTAN_EAST,
  ...KAZAKHSTAN_SOUTH,
  ...KAZAKHSTAN_SOUTHEAST,
  ...KYRGYZSTAN,
]

/** Districts of the four largest towns, in the alphabetical order of their ids within a town. */
export const DISTRICTS: readonly District[] = [...DISTRICTS_KAZAKHSTAN, ...DISTRICTS_KYRGYZSTAN]

/** Regions of both countries, in the alphabetical order of their ids within a country. */
export const REGIONS: readonly Region[] = [...REGIONS_KAZAKHSTAN, ...REGIONS_KYRGYZSTAN]

/** Ids of the towns on the newcomer's tiles, in their order. */
export const FRONT_CITIES = ['oral', 'almaty', 'astana', 'aktobe', 'kostanay', 'bishkek'] as const

const CITY_BY_ID: ReadonlyMap<string, City> = new Map(CITIES.map((city) => [city.id, city]))
const DISTRICT_BY_ID: ReadonlyMap<string, District> = new Map(DISTRICTS.map((district) => [district.id, district]))
const SEARCH_INDEX = indexCities(CITIES)

/** The town with this id, or undefined; any text may be asked. */
export function findCity(id: string): City | undefined {
  return CITY_BY_ID.get(id)
}

/** The district with this id, or undefined; any text may be asked. */
export function findDistrict(id: string): District | undefined {
  return DISTRICT_BY_ID.get(id)
}

/** The districts of a town in a fixed order; none for a town without districts or an unknown id. */
export function districtsOf(cityId: string): District[] {
  return DISTRICTS.filter((district) => district.cityId === cityId)
}

/** The region a town lies in. @throws RangeError when the gazetteer lacks it, which a test rules out. */
export function regionOf(city: City): Region {
  const region = REGIONS.find(({ id }) => id === city.region)
  if (region === undefined) throw new RangeError(`no region ${city.region}`)
  return region
}

/**
 * The name of a town, district or region for the screen.
 *
 * Where Kyrgyz has no spelling of its own, the Russian one stands in: it is the country's second
 * official language, and nearer to its road signs than Kazakh.
 */
export function placeName(place: { names: PlaceNames }, locale: PlaceLocale): string {
  if (locale === 'ky') return place.names.ky ?? place.names.ru
  return place.names[locale]
}

/**
 * Finds towns by what somebody typed: any of four languages, Latin or Cyrillic, former names, beginnings, small slips.
 *
 * @returns at most eight towns, best first, in an order that never changes; none for blank text.
 * @see search.ts for the order, fold.ts for what counts as the same spelling
 */
export function searchCities(text: string, locale: PlaceLocale): City[] {
  return rankCities({ index: SEARCH_INDEX, text, locale })
}
