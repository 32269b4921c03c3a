/** Languages a place has a name in: the three complete ones, and Kyrgyz for the public pages. */
export type PlaceLocale = 'ru' | 'kk' | 'en' | 'ky'

/** Names as they stand on a sign. `ky` is absent where no Kyrgyz spelling is in use. */
export type PlaceNames = { ru: string; kk: string; en: string; ky?: string }

/** ISO 3166-1 codes of the countries Qonaq works in. */
export type Country = 'KZ' | 'KG'

/** A point on the ground: degrees, WGS 84, north and east positive. */
export type Point = { lat: number; lon: number }

/** A first-level region, or a city that ranks as one. */
export type Region = { id: string; country: Country; names: PlaceNames }

/**
 * A town of the gazetteer.
 *
 * `id`: slug that outlives renamings. `region`: id of a `Region`. `timeZone`: IANA name. `aliases`: former names and
 * spellings people type; no two towns share one.
 *
 * Points are rounded by hand and good to about 0.05°. Most were compared with, and in Kyrgyzstan read from, public lists
 * derived from GeoNames (geonames.org, CC BY 4.0); names and aliases were written for Qonaq. Tests check country
 * outlines and known distances.
 */
export type City = Point & {
  id: string
  country: Country
  region: string
  timeZone: string
  names: PlaceNames
  aliases: readonly string[]
}

/** A district of a town. `id`: slug that begins with the town's id. The point is the lived-in middle. */
export type District = Point & { id: string; cityId: string; names: PlaceNames }
