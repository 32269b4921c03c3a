import { useLocale, useTranslations } from 'next-intl'
import { KettleDrawing } from '@/components/ui/drawing'
import { LinkButton } from '@/components/ui/link-button'
import { formatDay } from '@/components/ui/time-words'
import type { StayView } from '@/lib/arrivals/rules/stay'

function wordsFor({ state, lastEnd }: StayView): 'WITHDRAWN' | 'DEPARTED' | 'NO_NEED' | 'OTHER' {
  if (state === 'WITHDRAWN') return 'WITHDRAWN'
  if (lastEnd?.state === 'DEPARTED') return 'DEPARTED'
  return lastEnd?.state === 'DECLINED' && lastEnd.side === 'GUEST' ? 'NO_NEED' : 'OTHER'
}

/** The calm page after the end: nothing to do here any more. */
export function Closing({ view }: { view: StayView }) {
  const t = useTranslations('stay.closed')
  const locale = useLocale()
  return (
    <>
      <KettleDrawing className="text-primary" />
      <h1>{t('heading')}</h1>
      <p>{t(wordsFor(view))}</p>
      <p>{t('again')}</p>
      <LinkButton href={`/${locale}/need`} wide>{t('new')}</LinkButton>
      <p className="text-sm text-muted">{t('erase', { day: formatDay({ day: view.deletionDay, locale, style: 'plain' }) })}</p>
    </>
  )
}
