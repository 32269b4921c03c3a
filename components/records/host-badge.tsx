import { useTranslations } from 'next-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { IconName } from '@/components/ui/icon'
import { tellsVisit } from '@/lib/hosts/rules'
import type { HostState } from '@/lib/hosts/schema'

const LOOKS: Record<HostState, { tone: BadgeTone; icon: IconName }> = {
  APPLIED: { tone: 'needs-you', icon: 'bell' },
  VISITED: { tone: 'info', icon: 'clock' },
  VETTED: { tone: 'ok', icon: 'check' },
  BLOCKED: { tone: 'danger', icon: 'lock' },
}

type Props = { state: HostState; paused: boolean; renewal: 'OVER' | 'SOON' | null; homes: readonly { toVisit: boolean }[] }

/** Where a host stands, in words: state, a vetting that has run out or soon will, a home nobody has seen, a pause. */
export function HostBadge({ state, paused, renewal, homes }: Props) {
  const t = useTranslations('coordinate.hosts')
  return (
    <span className="flex flex-wrap gap-2">
      <Badge {...LOOKS[state]}>{t(`states.${state}`)}</Badge>
      {renewal !== null && <Badge tone="needs-you" icon="alert">{t(renewal === 'OVER' ? 'expired' : 'expiresSoon')}</Badge>}
      {homes.some((home) => tellsVisit({ state, homes }, home)) && <Badge tone="needs-you" icon="bell">{t('toVisit')}</Badge>}
      {paused && <Badge icon="pause">{t('paused')}</Badge>}
    </span>
  )
}
