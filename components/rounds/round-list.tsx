import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { formatClock } from '@/components/ui/time-words'
import type { RoundState } from '@/lib/rounds/schema'
import { cityNames, scopeText, type RoundScope } from './words'

/** A round as the list of earlier ones shows it. */
export interface ListedRound extends RoundScope {
  id: string
  state: RoundState
  startedByName: string
  queuedAt: Date
  placed: number
  persons: number | null
}

const TONES: Readonly<Record<RoundState, BadgeTone>> = { QUEUED: 'info', RUNNING: 'info', DONE: 'ok', STOPPED: 'needs-you', FAILED: 'danger' }

/** How a round stands, in a word. */
export function RoundBadge({ state }: { state: RoundState }) {
  const t = useTranslations('rounds.state')
  const icon = state === 'DONE' ? 'check' : state === 'FAILED' ? 'alert' : state === 'STOPPED' ? 'pause' : 'clock'
  return <Badge tone={TONES[state]} icon={icon}>{t(state)}</Badge>
}

type Props = { rounds: readonly ListedRound[]; path: string; now: Date; timeZone: string }

/** Earlier rounds, the newest first; one that goes on stands among them with its state. */
export function RoundList({ rounds, path, now, timeZone }: Props) {
  const t = useTranslations('rounds')
  const locale = useLocale()
  if (rounds.length === 0) return <p className="text-muted">{t('list.empty')}</p>
  return (
    <ul className="overflow-hidden rounded-xl border border-line bg-card">
      {rounds.map((round) => (
        <li key={round.id} className="max-w-none border-b border-line last:border-0">
          <Link href={`${path}/${round.id}`} prefetch={false} className="grid gap-1 px-4 py-3 -outline-offset-2 hover:bg-page">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <span className="font-semibold">{cityNames(round.cityIds, locale)}</span>
              <RoundBadge state={round.state} />
            </span>
            <span className="text-sm text-muted">
              {t('page.started', { name: round.startedByName, time: formatClock({ at: round.queuedAt, now, locale, timeZone }) })}
            </span>
            <span className="text-sm">
              {round.persons !== null && round.state !== 'FAILED' && <><strong>{t('list.placedOf', { placed: round.placed, persons: round.persons })}</strong> · </>}
              {scopeText(round, t)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
