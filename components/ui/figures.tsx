import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon } from './icon'

export type Figure = {
  key: string
  value: ReactNode
  /** What the number counts; stands below it. */
  label: ReactNode
  href: string
  /** Change since the shift began, in words. */
  note?: ReactNode
  /** `needs-you` adds the bell, so that colour is not alone. */
  tone?: 'plain' | 'needs-you' | undefined
}

/** The strip of large numbers on top of a staff page; each leads to the list behind it. `label` names the strip. */
export function Figures({ label, figures }: { label: string; figures: Figure[] }) {
  return (
    <ul aria-label={label} className="grid grid-cols-2 overflow-hidden rounded-xl border border-line bg-line gap-px lg:grid-cols-4">
      {figures.map(({ key, value, label: what, href, note, tone }) => (
        <li key={key} className="bg-card">
          <Link href={href} prefetch={false} className="group block h-full px-4 py-4 sm:px-5 -outline-offset-2 hover:bg-page">
            <span className={`flex items-center gap-2 text-2xl font-semibold sm:text-3xl tracking-tight ${tone === 'needs-you' ? 'text-needs' : 'text-ink'}`}>
              {value}
              {tone === 'needs-you' && <Icon name="bell" size={22} />}
            </span>
            <span className="block text-muted group-hover:text-ink">{what}</span>
            {note && <span className="block text-xs text-muted">{note}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
