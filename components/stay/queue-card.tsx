import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { formatDay, formatRelative } from '@/components/ui/time-words'
import type { StayView } from '@/lib/arrivals/rules/stay'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import type { Day } from '@/lib/time/day'
import { countNights, type Nights } from '@/lib/time/nights'

const BROKEN_ENDS = ['DECLINED', 'LAPSED', 'CANCELLED']

/** Place in the queue in people, when somebody last looked, and what is looked for. */
export function QueueCard({ view }: { view: StayView }) {
  const t = useTranslations('stay.queue')
  const locale = useLocale() as Locale
  const { queue, lastEnd, nights, cityId, now } = view
  if (!queue) return null
  const city = findCity(cityId)
  return (
    <Card>
      <p className="text-xl font-semibold">{t('ahead', { people: queue.peopleAhead })}</p>
      {queue.lookedAt && <p>{t('looked', { when: formatRelative({ at: queue.lookedAt, now, locale }) })}</p>}
      {lastEnd && BROKEN_ENDS.includes(lastEnd.state) && <p>{t('declined')}</p>}
      <p className="text-muted">
        {t('wish', {
          city: city ? placeName(city, locale) : '',
          nights: countNights(nights),
          day: formatDay({ day: nights.from, locale, style: 'weekday' }),
        })}
      </p>
    </Card>
  )
}

/** The nights beside an agreed place for which there is none yet. */
export function GapNotice({ nights }: { nights: Nights }) {
  const t = useTranslations('stay.queue')
  const locale = useLocale()
  const day = (of: Day) => formatDay({ day: of, locale, style: 'weekday' })
  return <Notice tone="needs-you">{t('gap', { from: day(nights.from), until: day(nights.until) })}</Notice>
}

/** What to do when nothing comes tonight. */
export function TonightNotice({ phone }: { phone: string | null }) {
  const t = useTranslations('stay.queue')
  return (
    <Notice tone="info" title={t('tonight')}>
      <p>{t('tonightText')}</p>
      {phone !== null && <p className="mt-2 font-semibold">{t('desk', { phone })}</p>}
    </Notice>
  )
}
