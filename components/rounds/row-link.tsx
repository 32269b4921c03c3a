import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link of a row, as tall as a finger of the desk: it changes what the page shows and leaves the eye where it is. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="no-print text-sm">
      <Link href={href} prefetch={false} scroll={false} className="inline-flex min-h-(--target) items-center text-primary underline decoration-1 underline-offset-4 hover:decoration-2">
        {children}
      </Link>
    </p>
  )
}
