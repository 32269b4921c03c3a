import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'

type Props = {
  href: string
  title: ReactNode
  /** One line under the title. */
  children?: ReactNode
  drawing?: ReactNode
  /** `lit`: the door most people come for. */
  look?: 'plain' | 'lit' | undefined
}

const LOOKS = {
  lit: 'border-door bg-door text-on-door hover:border-door-strong hover:bg-door-strong [--card:var(--door)]',
  plain: 'border-control bg-card text-ink hover:border-ink',
}

/** One of the two big doors of the first page. */
export function DoorTile({ href, title, children, drawing, look = 'plain' }: Props) {
  return (
    <Link href={href} prefetch={false} className={`group flex items-center gap-4 rounded-2xl border p-4 transition-colors sm:gap-6 sm:p-6 ${LOOKS[look]}`}>
      {drawing}
      <span className="grid min-w-0 flex-1 gap-1">
        <span className="text-xl font-semibold">{title}</span>
        {children && <span className={look === 'lit' ? '' : 'text-muted'}>{children}</span>}
      </span>
      <Icon name="arrow-right" size={24} className="max-sm:hidden" />
    </Link>
  )
}
