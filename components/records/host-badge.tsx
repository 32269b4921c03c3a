import { useTranslations } from 'next-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { IconName } from '@/components/ui/icon'
import type { HostState } from '@/lib/hosts/schema'
import type { Vetting } from '@/lib/safety/rules'

const LOOKS: Record<HostState, { tone: BadgeTone; icon: IconName }> = {
  APPLIED: { tone: 'needs-you', icon: 'bell' },
  VISITED: { tone: 'info', icon: 'clock' },
  VETTED: { tone: 'ok', icon: 'check' },
  BLOCKED: { tone: 'danger', icon: 'lock' },
}

/** Where a host stands, in words: state, a check that has run out, a pause. */
export function HostBadge({ state, paused, vetting }: { state: HostState; paused: boolean; vetting: Vetting }) {
  const t = useTranslations('coordinate.hosts')
  return (
    <span className="flex flex-wrap gap-2">
      <Badge {...LOOKS[state]}>{t(`states.${state}`)}</Badge>
      {state === 'VETTED' && vetting.completeUntil === null && <Badge tone="needs-you" icon="alert">{t('expired')}</Badge>}
      {paused && <Badge icon="pause">{t('paused')}</Badge>}
    </span>
  )
}
