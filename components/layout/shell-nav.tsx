'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

export type NavLink = { href: string; label: string; count?: number | undefined }

/** Sections of the host's or staff's pages; the one we are in is marked by weight, a line and `aria-current`. */
export function ShellNav({ label, links, home }: { label: string; links: NavLink[]; home: string }) {
  const path = usePathname()
  return (
    <nav aria-label={label} className="-mb-px min-w-0 overflow-x-auto">
      <ul className="flex gap-1">
        {links.map(({ href, label: word, count }) => (
          <li key={href} className="flex-none">
            <Link
              href={href}
              prefetch={false}
              aria-current={isHere({ path, href, home }) ? 'page' : undefined}
              className="flex min-h-(--target) items-center gap-2 border-b-2 border-transparent px-3 text-muted hover:text-ink aria-[current=page]:border-primary aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {word}
              {count !== undefined && count > 0 && <span className="rounded-full bg-needs-soft px-2 text-xs font-semibold text-needs">{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The home of a section is only "here" on itself; every other link also on the pages below it. */
function isHere({ path, href, home }: { path: string; href: string; home: string }): boolean {
  return path === href || (href !== home && path.startsWith(`${href}/`))
}
