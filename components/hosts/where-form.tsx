import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { SelectField } from '@/components/ui/select-field'
import type { FormAction } from '@/lib/actions/state'
import type { OfferDraft } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { CITIES, districtsOf, findCity, FRONT_CITIES, placeName, REGIONS } from '@/lib/places/places'

type Props = { action: FormAction; formKey: string; known: OfferDraft['where'] }

function byName(locale: Locale) {
  const order = new Intl.Collator(locale)
  return (a: { label: string }, b: { label: string }) => order.compare(a.label, b.label)
}

function cityGroups(locale: Locale) {
  return REGIONS.map((region) => ({
    label: placeName(region, locale),
    options: CITIES.filter((city) => city.region === region.id)
      .map((city) => ({ value: city.id, label: placeName(city, locale) })).sort(byName(locale)),
  })).filter(({ options }) => options.length > 0)
}

function districtGroups(locale: Locale) {
  return CITIES.map((city) => ({
    label: placeName(city, locale),
    options: districtsOf(city.id).map((district) => ({ value: district.id, label: placeName(district, locale) })),
  })).filter(({ options }) => options.length > 0)
}

const UNKNOWN = { cityId: '', districtId: null, address: null, entrance: null }

// A town of the tiles, or "another" with its name in the list beneath.
function chosenCity({ cityId }: { cityId: string }): { tile: string[]; other: string } {
  if (cityId === '') return { tile: [], other: '' }
  return FRONT_CITIES.some((id) => id === cityId) ? { tile: [cityId], other: '' } : { tile: ['OTHER'], other: cityId }
}

/** Screen 2: town and district. The address may wait for the first guest. */
export function WhereForm({ action, formKey, known }: Props) {
  const t = useTranslations('host.offer.where')
  const ui = useTranslations('ui')
  const locale = useLocale() as Locale
  const { districtId, address, entrance, ...city } = known ?? UNKNOWN
  const { tile, other: otherCity } = chosenCity(city)
  const front = FRONT_CITIES.flatMap((id) => findCity(id) ?? []).map((town) => ({ value: town.id, label: placeName(town, locale) }))
  const other = (
    <SelectField
      name="otherCity"
      label={t('otherCity')}
      options={[]}
      groups={cityGroups(locale)}
      empty={t('choose')}
      initial={otherCity}
    />
  )
  return (
    <ActionForm action={action} formKey={formKey}>
      <Choice
        name="city"
        legend={t('title')}
        legendAs="page"
        pick="one"
        layout="pair"
        options={[...front, { value: 'OTHER', label: t('other'), more: other }]}
        initial={tile}
      />
      <SelectField
        name="district"
        label={t('district')}
        hint={t('districtHint')}
        options={[]}
        groups={districtGroups(locale)}
        empty={t('noDistrict')}
        initial={districtId ?? ''}
      />
      <Fold summary={t('address')} names={['address', 'entrance']} open={address !== null}>
        <Field name="address" label={t('addressLabel')} hint={t('addressHint')} initial={address ?? ''} autoComplete="street-address" />
        <Field name="entrance" label={t('entranceLabel')} hint={t('entranceHint')} type="textarea" rows={2} initial={entrance ?? ''} />
      </Fold>
      <SubmitButton wide pendingLabel={ui('sending')}>{t('next')}</SubmitButton>
    </ActionForm>
  )
}
