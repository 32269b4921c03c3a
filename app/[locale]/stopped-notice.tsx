import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { formatClock } from '@/components/ui/time-words'
import { readGate } from '@/lib/insights/queries'

const TEAM_ZONE = 'Asia/Almaty'

/**
 * Says that approvals are stopped, and nothing while they are open. To the team since when and where to look; to hosts and
 * guests only that a yes has to wait and a no has not.
 */
export async function StoppedNotice({ to }: { to: 'staff' | 'people' }) {
  const { stoppedSince, now } = await readGate()
  if (stoppedSince === null) return null
  const t = await getTranslations('proof.notice')
  if (to === 'people') return <Notice tone="info" title={t('people.title')}>{t('people.text')}</Notice>
  const locale = await getLocale()
  const time = formatClock({ at: stoppedSince, now, locale, timeZone: TEAM_ZONE })
  return (
    <Notice tone="needs-you" title={t('staff.title', { time })} actions={<TextLink href={`/${locale}/proof`}>{t('staff.link')}</TextLink>}>
      {t('staff.text')}
    </Notice>
  )
}
