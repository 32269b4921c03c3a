import { getLocale, getTranslations } from 'next-intl/server'
import { spanText } from '@/components/placements/words'
import { Figures } from '@/components/ui/figures'
import type { CoordinatorScope } from '@/lib/auth/session'
import { readFigures } from '@/lib/placements/queries/figures'
import { countStays } from '@/lib/placements/queries/stays'
import { now } from '@/lib/time/clock'

/** The four numbers of now, each a link to who or what is behind it. */
export async function FigureStrip({ scope, path }: { scope: CoordinatorScope; path: string }) {
  const t = await getTranslations('coordinate.queue')
  const locale = await getLocale()
  const [figures, stays] = await Promise.all([readFigures(scope), countStays(scope)])
  const { waitingSince, personsTonight, bedsTonight } = figures
  const longest = waitingSince ? spanText({ since: waitingSince, now: now(), locale }) : t('figure.none')
  return (
    <Figures
      label={t('figures')}
      figures={[
        { key: 'tonight', value: personsTonight, label: t('figure.tonight'), href: `${path}?view=tonight`, tone: personsTonight > 0 ? 'needs-you' : 'plain' },
        { key: 'longest', value: longest, label: t('figure.longest'), href: `${path}?view=waiting` },
        { key: 'beds', value: bedsTonight, label: t('figure.beds'), href: `${path}/hosts` },
        { key: 'late', value: stays.LATE, label: t('figure.late'), href: `${path}?view=late` },
      ]}
    />
  )
}
