import { useLocale, useTranslations } from 'next-intl'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { formatClock } from '@/components/ui/time-words'

type Props = {
  check: { at: Date; seconds: number; late: boolean; results: { violations: number }[] }
  /** Since when nothing new is promised; `null` while approvals are open. */
  stoppedSince: Date | null
  now: Date
  timeZone: string
}

/** Holds or does not, when it was asked and how long that took; and what follows when it does not. */
export function LastCheck({ check, stoppedSince, now, timeZone }: Props) {
  const t = useTranslations('proof.check')
  const locale = useLocale()
  const violated = check.results.filter(({ violations }) => violations > 0).length
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(check.seconds)
  return (
    <div className="grid gap-4">
      <p className={`flex items-center gap-3 text-xl font-semibold ${violated === 0 ? 'text-ok' : 'text-needs'}`}>
        <Icon name={violated === 0 ? 'shield' : 'alert'} size={28} />
        {violated === 0 ? t('holds') : t('violated', { count: violated })}
      </p>
      <p className="text-muted">
        {t('when')} <Time at={check.at} now={now} locale={locale} timeZone={timeZone} />, {t('took', { seconds })}.
      </p>
      {check.late && <Notice tone="needs-you">{t('late')}</Notice>}
      {stoppedSince !== null && (
        <Notice tone="needs-you" title={t('stopped', { time: formatClock({ at: stoppedSince, now, locale, timeZone }) })}>{t('stoppedText')}</Notice>
      )}
    </div>
  )
}
