import { getLocale, getTranslations } from 'next-intl/server'
import { spanText } from '@/components/placements/words'
import { Figures } from '@/components/ui/figures'
import type { CoordinatorScope } from '@/lib/auth/session'
import { readFigures } from '@/lib/placements/queries/figures'
import { now } from '@/lib/time/clock'

type Props = {
  scope: CoordinatorScope
  path: string
  /** `late`: parties without an answer for over two hours. */
  counts: Promise<{ late: number }>
}

/** The four numbers of now, each a link to who or what is behind it. */
export async function FigureStrip({ scope, path, counts }: Props) {
  const t = await getTranslations('coordinate.queue')
  const locale = await getLocale()
  const [{ waitingSince, personsTonight, bedsTonight }, { late }] = await Promise.all([readFigures(scope), counts])
  const longest = waitingSince ? spanText({ since: waitingSince, now: now(), locale }) : t('figure.none')
  return (
    <Figures
      label={t('figures')}
      figures={[
        { key: 'tonight', value: personsTonight, label: t('figure.tonight'), href: `${path}?view=tonight`, tone: personsTonight > 0 ? 'needs-you' : 'plain' },
        { key: 'longest', value: longest, label: t('figure.longest'), href: `${path}?view=waiting` },
        { key: 'beds', value: bedsTonight, label: t('figure.beds'), href: `${path}/hosts` },
        { key: 'late', value: late, label: t('figure.late'), href: `${path}?view=late` },
      ]}
    />
  )
}
