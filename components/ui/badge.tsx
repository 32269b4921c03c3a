import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type BadgeTone = 'plain' | 'primary' | 'info' | 'ok' | 'needs-you' | 'danger'

const TONES: Record<BadgeTone, { box: string; mark: string }> = {
  plain: { box: 'border-line bg-card', mark: 'text-muted' },
  primary: { box: 'border-primary bg-primary-soft', mark: 'text-primary' },
  info: { box: 'border-info bg-info-soft', mark: 'text-info' },
  ok: { box: 'border-ok bg-ok-soft', mark: 'text-ok' },
  'needs-you': { box: 'border-needs bg-needs-soft', mark: 'text-needs' },
  danger: { box: 'border-danger bg-danger-soft', mark: 'text-danger' },
}

/** A short fact on a row: icon and word. `needs-you` is the only saffron on a page. */
export function Badge({ tone = 'plain', icon, children }: { tone?: BadgeTone; icon?: IconName | undefined; children: ReactNode }) {
  const { box, mark } = TONES[tone]
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-xs font-medium text-ink ${box}`}>
      {icon && <Icon name={icon} size={16} className={mark} />}
      {children}
    </span>
  )
}
