import { useLocale, useTranslations } from 'next-intl'
import type { HomeKind } from '@/lib/hosts/schema'
import { isLocale } from '@/lib/i18n/routing'
import { findCity, findDistrict, placeName } from '@/lib/places/places'

export type Place = { kind: HomeKind; cityId: string; districtId: string | null }

/** "Almaty, Medeu · flat": where a home is, as closely as anybody may know before a yes. */
export function usePlaceWords(): (place: Place) => string {
  const t = useTranslations('coordinate.hosts.kinds')
  const asked = useLocale()
  const locale = isLocale(asked) ? asked : 'ru'
  return ({ kind, cityId, districtId }) => {
    const places = [findCity(cityId), districtId === null ? undefined : findDistrict(districtId)]
    const names = places.flatMap((place) => (place ? [placeName(place, locale)] : []))
    return `${names.join(', ')} · ${t(kind)}`
  }
}
