import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { QueueKeys } from './queue-keys'
import { QueueRow } from './queue-row'
import type { Moment, QueueEntry } from './shapes'

type Props = {
  entries: QueueEntry[]
  /** Code of the case that is open beside the list. */
  chosen: string | null
  hrefOf: (entry: QueueEntry) => { beside: string; page: string }
  /** Words when there is nobody. */
  empty: string
  /** Leads to a longer list, when there is more. */
  more: string | null
} & Moment

/** The queue: rows in the order they came, each a link. */
export function QueueList({ entries, chosen, hrefOf, empty, more, now, locale }: Props) {
  const t = useTranslations('coordinate.queue')
  if (entries.length === 0) return <div className="rounded-xl border border-line bg-card"><EmptyState title={empty} /></div>
  return (
    <div className="grid gap-3">
      <QueueKeys>
        <ul aria-label={t('list')} className="overflow-hidden rounded-xl border border-line bg-card">
          {entries.map((entry) => (
            <QueueRow key={entry.id} entry={entry} current={entry.code === chosen} href={hrefOf(entry)} now={now} locale={locale} />
          ))}
        </ul>
      </QueueKeys>
      <p className="script-only text-xs text-muted max-lg:hidden">{t('keys')}</p>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <span className="text-sm text-muted">{t('shown', { count: entries.length })}</span>
        {more !== null && <LinkButton href={more} size="small">{t('more')}</LinkButton>}
      </div>
    </div>
  )
}
