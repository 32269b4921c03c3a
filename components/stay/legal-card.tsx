import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '@/components/ui/time-words'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import type { Country } from '@/lib/places/place'

/** What the law asks of the host and so of the guest, before anybody says yes. */
export function LegalCard({ country }: { country: Country }) {
  const t = useTranslations('stay.legal')
  const version = formatDay({ day: LEGAL_VERSION, locale: useLocale(), style: 'dated' })
  return (
    <section className="grid gap-2 rounded-xl border border-line bg-page p-4">
      <h3>{t('title')}</h3>
      <p>{t(country)}</p>
      <p>{t('risk')}</p>
      <p className="text-sm text-muted">{t('version', { version })}</p>
    </section>
  )
}
