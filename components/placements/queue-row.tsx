import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { IconName } from '@/components/ui/icon'
import { Icon } from '@/components/ui/icon'
import { formatClock } from '@/components/ui/time-words'
import { countNights } from '@/lib/time/nights'
import type { Moment, QueueEntry } from './shapes'
import { placeText, spanText } from './words'

interface Chip {
  key: string
  icon?: IconName
  tone?: BadgeTone
}

/** What makes a party special, most urgent first. */
function chipsOf(entry: QueueEntry): Chip[] {
  const chips: (Chip & { shown: boolean })[] = [
    { key: 'tonight', icon: 'moon', tone: 'needs-you', shown: entry.tonight },
    { key: 'children', icon: 'child', shown: entry.childrenAges.length > 0 },
    { key: 'unwell', icon: 'half', shown: entry.unwell },
    { key: 'unsafe', icon: 'shield', shown: entry.unsafeToReturn },
    { key: 'broken', icon: 'undo', shown: entry.brokenPlacement },
    { key: 'womanAlone', icon: 'person', shown: entry.womanAlone },
    { key: 'womenOnly', icon: 'people', shown: entry.womenOnly },
    { key: 'animals', icon: 'paw', shown: entry.animals },
    { key: 'stepFree', icon: 'pin', shown: entry.stepFree },
    { key: 'group', icon: 'people', shown: entry.groupId !== null },
    { key: 'growth', icon: 'plus', shown: entry.growing },
  ]
  return chips.filter(({ shown }) => shown)
}

/** The needs of a party as chips: icon and word. */
export function PartyChips({ entry }: { entry: QueueEntry }) {
  const t = useTranslations('coordinate.queue.chip')
  const chips = chipsOf(entry)
  if (chips.length === 0) return null
  return (
    <span className="flex flex-wrap gap-1.5">
      {chips.map(({ key, icon, tone }) => (
        <Badge key={key} icon={icon} tone={tone ?? 'plain'}>{t(key)}</Badge>
      ))}
    </span>
  )
}

/** Where the request stands: waiting, proposed until when and who is asked, placed. */
export function StateBadge({ entry, now, locale }: { entry: QueueEntry } & Moment) {
  const t = useTranslations('coordinate.queue')
  if (entry.plan === null && entry.onward) return <Badge tone="needs-you">{t('state.ONWARD')}</Badge>
  if (entry.plan === null) return <Badge tone={entry.state === 'PLACED' ? 'ok' : 'plain'}>{t(`state.${entry.state}`)}</Badge>
  const { deadline, awaits } = entry.plan
  const clock = formatClock({ at: deadline, now, locale, timeZone: entry.timeZone })
  const words = [deadline > now ? t('heldUntil', { time: clock }) : t('overdue'), ...awaits.map((side) => t(`awaits.${side}`))]
  return <Badge tone="info" icon="clock">{words.join(' · ')}</Badge>
}

type Props = { entry: QueueEntry; current: boolean; href: { beside: string; page: string } } & Moment

/** One party of the queue. Wide screens open it beside the list, narrow ones on a page of its own. */
export function QueueRow({ entry, current, href, now, locale }: Props) {
  const look = 'block px-4 py-3 -outline-offset-2 hover:bg-page aria-[current=true]:bg-primary-soft'
  const marks = { 'data-row': '', 'aria-current': current ? ('true' as const) : undefined, prefetch: false }
  return (
    <li className="max-w-none border-b border-line last:border-0">
      <Link {...marks} href={href.beside} scroll={false} className={`${look} max-lg:hidden`}>
        <RowWords entry={entry} now={now} locale={locale} />
      </Link>
      <Link {...marks} href={href.page} className={`${look} lg:hidden`}>
        <RowWords entry={entry} now={now} locale={locale} />
      </Link>
    </li>
  )
}

function RowWords({ entry, now, locale }: { entry: QueueEntry } & Moment) {
  const t = useTranslations('coordinate.queue')
  const { adults, childrenAges, cityIds, districtId } = entry
  const party = childrenAges.length > 0 ? `${String(adults)}+${String(childrenAges.length)}` : String(adults)
  return (
    <span className="grid gap-1.5">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <strong className="tabular-nums">{entry.code}</strong>
          <span>{entry.nickname}</span>
          <span className="inline-flex items-baseline gap-1 font-semibold">
            <Icon name={adults + childrenAges.length > 1 ? 'people' : 'person'} size={18} className="translate-y-0.5 text-muted" />
            <span aria-hidden="true">{party}</span>
            <span className="sr-only">{t('party', { adults, children: childrenAges.length })}</span>
          </span>
          <span>{t('nights', { count: countNights(entry.nights) })}</span>
        </span>
        <span className="text-sm text-muted">{t('waits', { since: spanText({ since: entry.waitingSince, now, locale }) })}</span>
      </span>
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 text-sm text-muted">
        {placeText({ cityId: cityIds[0] ?? '', districtId, locale })}
        <StateBadge entry={entry} now={now} locale={locale} />
      </span>
      <Suggestion atHand={entry.atHand} locale={locale} />
      <PartyChips entry={entry} />
    </span>
  )
}

/** "Would fit: room with hosts, Almaty, Medeu · 92". */
function Suggestion({ atHand, locale }: Pick<QueueEntry, 'atHand'> & { locale: string }) {
  const t = useTranslations('coordinate')
  if (atHand === null) return null
  const room = `${t(`candidates.kind.${atHand.kind}`)}, ${placeText({ ...atHand, locale })}`
  return <span className="text-sm">{t('queue.atHand', { room, score: atHand.score })}</span>
}
