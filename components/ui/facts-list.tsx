import Link from 'next/link'
import type { ReactNode } from 'react'
import { Hidden } from './hidden'

export type Fact = {
  key: string
  name: ReactNode
  value: ReactNode
  /** Link to the question, with its short word and the full one for screen readers ("Change", "Change the city"). */
  change?: { href: string; label: string; spoken: string } | undefined
}

/** Answers or facts as a list; each may have its own link to change it. */
export function FactsList({ facts }: { facts: Fact[] }) {
  return (
    <dl className="grid divide-y divide-line">
      {facts.map(({ key, name, value, change }) => (
        <div key={key} className="grid grid-cols-[1fr_auto] gap-x-4 py-3 first:pt-0 last:pb-0 in-[.dense]:py-1.5">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="col-start-1 font-medium">{value}</dd>
          {change && (
            <dd className="col-start-2 row-span-2 row-start-1 self-center">
              <Link
                href={change.href}
                prefetch={false}
                className="inline-flex min-h-(--target) items-center px-2 text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2"
              >
                <span aria-hidden="true">{change.label}</span>
                <Hidden>{change.spoken}</Hidden>
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
