import { useLocale, useTranslations } from 'next-intl'
import { Choice } from '@/components/ui/choice'
import { SelectField } from '@/components/ui/select-field'
import { OTHER_CITY } from '@/lib/arrivals/schema'
import type { Locale } from '@/lib/i18n/routing'
import { CITIES, FRONT_CITIES, placeName, REGIONS } from '@/lib/places/places'
import { Pair } from './pair'

function citiesByRegion(locale: Locale) {
  const groups = REGIONS.map((region) => ({
    label: placeName(region, locale),
    options: CITIES.filter((city) => city.region === region.id)
      .map((city) => ({ value: city.id, label: placeName(city, locale) }))
      .toSorted((one, other) => (one.label < other.label ? -1 : 1)),
  }))
  return groups.filter(({ options }) => options.length > 0)
}

/** Towns as tiles, the one that is already known first; all others behind the last tile. */
export function CityChoice({ cityId }: { cityId: string | null }) {
  const t = useTranslations('need.where')
  const locale = useLocale() as Locale
  const front = FRONT_CITIES.filter((id) => id !== cityId)
  const tiles = CITIES.filter(({ id }) => id === cityId)
    .concat(front.flatMap((id) => CITIES.filter((city) => city.id === id)))
    .map((city) => ({ value: city.id, label: placeName(city, locale) }))
  const more = <SelectField name="otherCity" label={t('otherCity')} empty={t('choose')} options={[]} groups={citiesByRegion(locale)} />
  return (
    <Pair>
      <Choice
        name="city"
        legend={t('city')}
        legendAs="section"
        pick="one"
        layout="pair"
        options={[...tiles, { value: OTHER_CITY, label: t('other'), more }]}
        initial={cityId === null ? [] : [cityId]}
      />
    </Pair>
  )
}
