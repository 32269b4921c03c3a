import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import { inLatin } from '@/lib/text/latin'

interface OpenedAddress {
  cityId: string
  address: string | null
  entrance: string | null
  firstName: string | null
}

/**
 * An opened address as a guest's card shows it: with its town, which no page says before, and in Latin letters where it
 * was written in others.
 */
export function shownAddress({ cityId, address, entrance, firstName }: OpenedAddress, locale: Locale) {
  const city = findCity(cityId)
  const latin = address === null ? null : inLatin(address)
  return { address, entrance, firstName, latin: latin === address ? null : latin, city: city ? placeName(city, locale) : null }
}
