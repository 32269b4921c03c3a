import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type Tone = 'info' | 'ok' | 'needs-you' | 'danger'

const TONES: Record<Tone, { icon: IconName; box: string; mark: string }> = {
  info: { icon: 'info', box: 'bg-info-soft border-l-info', mark: 'text-info' },
  ok: { icon: 'check', box: 'bg-ok-soft border-l-ok', mark: 'text-ok' },
  'needs-you': { icon: 'bell', box: 'bg-needs-soft border-l-needs', mark: 'text-needs' },
  danger: { icon: 'alert', box: 'bg-danger-soft border-l-danger', mark: 'text-danger' },
}

type Props = {
  tone: Tone
  /** First line, bold. */
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links under the text. */
  actions?: ReactNode
}

/** A message on the page: icon and words, so that colour is never the only sign. */
export function Notice({ tone, title, children, actions }: Props) {
  const { icon, box, mark } = TONES[tone]
  return (
    <div className={`keep-together flex gap-3 rounded-xl border border-l-4 border-line p-4 text-ink ${box}`}>
      <Icon name={icon} size={24} className={`mt-0.5 ${mark}`} />
      <div className="grid min-w-0 flex-1 gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
