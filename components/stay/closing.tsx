import { useLocale, useTranslations } from 'next-intl'
import { KettleDrawing } from '@/components/ui/drawing'
import { LinkButton } from '@/components/ui/link-button'
import { formatDay } from '@/components/ui/time-words'
import { closingOf, type StayView } from '@/lib/arrivals/rules/stay'

type Props = {
  view: StayView
  /** Phone of the duty desk, for those whose request was closed by somebody else. */
  phone: string | null
}

/** The calm page after the end: how it ended, the way back, and the day on which everything is forgotten. */
export function Closing({ view, phone }: Props) {
  const t = useTranslations('stay.closed')
  const locale = useLocale()
  const closing = closingOf(view)
  const byOthers = closing === 'NOT_ARRIVED' || closing === 'OTHER'
  return (
    <>
      <KettleDrawing className="text-primary" />
      <h1>{closing === 'DEPARTED' ? t('heading') : t('headingClosed')}</h1>
      <p>{t(closing, { code: view.code })}</p>
      {byOthers && phone !== null && <p className="font-semibold">{t('desk', { phone })}</p>}
      <p>{t('again')}</p>
      <LinkButton href={`/${locale}/need`} wide>{t('new')}</LinkButton>
      <p className="text-sm text-muted">{t('erase', { day: formatDay({ day: view.deletionDay, locale, style: 'plain' }) })}</p>
    </>
  )
}
