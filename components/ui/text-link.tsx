import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

/** A link that stands on a line of its own, so it is as tall as a button. Links within a sentence are plain `<Link>`s. */
export function TextLink({ href, icon, children }: { href: string; icon?: IconName | undefined; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-(--target) min-w-12 items-center gap-2 text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2"
    >
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}
