import { foldName } from './fold'
import type { City, PlaceLocale } from './place'
import { countTypos } from './typos'

/** Most towns one search returns: what fits above a phone's keyboard. */
export const SEARCH_LIMIT = 8

/** How a town answered, best first. */
const EXACT = 0
const NAME_PREFIX = 1
const OTHER_PREFIX = 2
const TYPO = 3

type SearchEntry = { city: City; shown: Record<PlaceLocale, string>; keys: readonly string[] }
type Hit = { city: City; tier: number; typos: number; order: string }

/** Folds every name and alias of the towns once, so that a search only compares. */
export function indexCities(cities: readonly City[]): readonly SearchEntry[] {
  return cities.map((city) => {
    const { ru, kk, en, ky } = city.names
    const shown = { ru: foldName(ru), kk: foldName(kk), en: foldName(en), ky: foldName(ky ?? ru) }
    const keys = new Set([...Object.values(shown), ...city.aliases.map(foldName)])
    return { city, shown, keys: [...keys] }
  })
}

/**
 * Ranks the towns of an index against what somebody typed.
 *
 * Order: exact name or alias; the name in `locale` begins so; another name or alias begins so; and only when none of
 * these answered, names within one slip (two from eight letters on). Ties: fewer slips, then alphabet, then id.
 *
 * @returns at most `SEARCH_LIMIT` towns; none for text without letters.
 */
export function rankCities(search: { index: readonly SearchEntry[]; text: string; locale: PlaceLocale }): City[] {
  const typed = foldName(search.text)
  if (typed === '') return []

  const hits = search.index.flatMap((entry) => match({ entry, typed, locale: search.locale }))
  const sure = hits.filter((hit) => hit.tier < TYPO)
  const best = sure.length > 0 ? sure : hits
  return best
    .sort(byRank)
    .slice(0, SEARCH_LIMIT)
    .map((hit) => hit.city)
}

type Question = { entry: SearchEntry; typed: string; locale: PlaceLocale }

function match({ entry, typed, locale }: Question): Hit[] {
  const { city, shown, keys } = entry
  const hit = { city, typos: 0, order: shown[locale] }
  if (keys.includes(typed)) return [{ ...hit, tier: EXACT }]
  if (shown[locale].startsWith(typed)) return [{ ...hit, tier: NAME_PREFIX }]
  if (keys.some((key) => key.startsWith(typed))) return [{ ...hit, tier: OTHER_PREFIX }]

  const most = typosAllowed(typed)
  const typos = Math.min(...keys.map((meant) => countTypos({ typed, meant, most })))
  return typos <= most ? [{ ...hit, tier: TYPO, typos }] : []
}

/** Short names differ by one letter as it is (Орал, Арал), so they must be spelled right. */
function typosAllowed(typed: string): number {
  if (typed.length < 5) return 0
  return typed.length < 8 ? 1 : 2
}

function byRank(one: Hit, other: Hit): number {
  return one.tier - other.tier || one.typos - other.typos || compareText(one, other)
}

// Not Intl.Collator: browsers carry different language data, and a list must not reorder itself.
function compareText(one: Hit, other: Hit): number {
  const [left, right] = [`${one.order} ${one.city.id}`, `${other.order} ${other.city.id}`]
  if (left === right) return 0
  return left < right ? -1 : 1
}
