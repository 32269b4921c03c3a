import Link from 'next/link'
import type { ReactNode } from 'react'

export type Tab = { href: string; label: ReactNode; count?: number | undefined; current: boolean }

/** Views of the same thing as plain links: they can be opened, sent and bookmarked. `label` names the list. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto">
      <ul className="flex gap-1 border-b border-line">
        {tabs.map((tab) => (
          <li key={tab.href} className="flex-none">
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? 'page' : undefined}
              className="-mb-px flex min-h-(--target) items-center gap-2 border-b-2 border-transparent px-3 text-muted hover:border-control hover:text-ink aria-[current=page]:border-primary aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {tab.label}
              {tab.count !== undefined && <span className="rounded-full bg-primary-soft px-2 text-xs text-ink">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
