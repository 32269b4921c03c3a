import { formatDay } from '@/components/ui/time-words'
import type { Mismatch } from '@/lib/matching/eligibility'
import type { Values } from '@/lib/matching/must-haves'
import type { Wish } from '@/lib/matching/policy'
import { isLocale } from '@/lib/i18n/routing'
import { findCity, findDistrict, placeName } from '@/lib/places/places'
import type { Nights } from '@/lib/time/nights'

/** The translator of a namespace, as these functions use it. */
export interface Translate {
  (key: string, values?: Record<string, string | number>): string
  has: (key: string) => boolean
}

/** A town's name on the screen; its id where the gazetteer lacks it. */
export function cityName(cityId: string, locale: string): string {
  const city = findCity(cityId)
  return city ? placeName(city, isLocale(locale) ? locale : 'ru') : cityId
}

/** A district's name, or nothing. */
export function districtName(districtId: string | null, locale: string): string | null {
  const district = districtId === null ? undefined : findDistrict(districtId)
  return district ? placeName(district, isLocale(locale) ? locale : 'ru') : null
}

/** "Almaty, Medeu", or the town alone. */
export function placeText({ cityId, districtId, locale }: { cityId: string; districtId: string | null; locale: string }): string {
  return [cityName(cityId, locale), districtName(districtId, locale)].filter((name) => name !== null).join(', ')
}

/** "5 November – 8 November". */
export function nightsText({ from, until }: Nights, locale: string): string {
  return `${formatDay({ day: from, locale, style: 'plain' })} – ${formatDay({ day: until, locale, style: 'plain' })}`
}

/** Names of languages in the reader's language. */
export function languageNames(codes: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(codes.map((code) => names.of(code) ?? code))
}

const MINUTE_MS = 60_000
const SPANS = [
  { unit: 'day', minutes: 1440, from: 2880 },
  { unit: 'hour', minutes: 60, from: 90 },
  { unit: 'minute', minutes: 1, from: 0 },
] as const

/** How long since, without "ago": "14 hours", "4 days". */
export function spanText({ since, now, locale }: { since: Date; now: Date; locale: string }): string {
  const minutes = Math.max(0, (now.getTime() - since.getTime()) / MINUTE_MS)
  const { unit, minutes: size } = SPANS.find(({ from }) => minutes >= from) ?? SPANS[2]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(minutes / size))
}

const DAYS = new Set(['from', 'until'])

function spoken(name: string, value: string | number, locale: string): string | number {
  if (typeof value === 'number') return Math.floor(value)
  if (DAYS.has(name)) return formatDay({ day: value, locale, style: 'plain' })
  if (name === 'city') return cityName(value, locale)
  if (name === 'district') return districtName(value, locale) ?? value
  return name === 'languages' ? languageNames(value.split(','), locale) : value
}

/** What a rule or a wish compared, in words; nothing where the name says it all. `t`: namespace `coordinate.candidates`. */
export function valueText({ of, values, t, locale }: { of: Mismatch | Wish; values: Values; t: Translate; locale: string }): string | null {
  const named = Object.entries(values).filter(([, value]) => value !== '')
  if (named.length === 0 || !t.has(`value.${of}`)) return null
  return t(`value.${of}`, Object.fromEntries(named.map(([name, value]) => [name, spoken(name, value, locale)])))
}
