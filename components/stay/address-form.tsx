import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { FormWhen } from '@/components/ui/form-result'
import type { FormAction } from '@/lib/actions/state'
import type { StayHome } from '@/lib/arrivals/rules/stay'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import { AddressCard, type AddressWords } from './address-card'

const PLAIN = ['heading', 'entrance', 'call', 'none', 'taxi', 'taxiHint', 'map2gis', 'mapOsm', 'mapNote', 'missing'] as const

function useWords(): AddressWords {
  const t = useTranslations('stay.address')
  const plain = Object.fromEntries(PLAIN.map((key) => [key, t(key)])) as Record<(typeof PLAIN)[number], string>
  return { ...plain, host: t('host', { name: '%' }), contact: t('contact', { contact: '%' }) }
}

/** "Show the address": a POST that is recorded, never part of the page itself. */
export function AddressForm({ home, action, formKey }: { home: StayHome; action: FormAction; formKey: string }) {
  const t = useTranslations('stay.address')
  const ui = useTranslations('ui')
  const locale = useLocale() as Locale
  const city = findCity(home.cityId)
  return (
    <ActionForm action={action} formKey={formKey} label={t('heading')} quiet>
      <input type="hidden" name="placementId" value={home.placementId} />
      <AddressCard city={city ? placeName(city, locale) : ''} words={useWords()} />
      <FormWhen status={['idle', 'refused']}>
        <p className="text-sm text-muted">{t('note')}</p>
        <SubmitButton wide pendingLabel={ui('loading')}>{t('show')}</SubmitButton>
      </FormWhen>
    </ActionForm>
  )
}
