'use client'

import type { MouseEvent } from 'react'
import { Icon } from '@/components/ui/icon'

const NEUTRAL_PAGE = '/leave.html'

/**
 * Leaves at once for an empty page of our own (no other site learns of it). With a script this page also goes from the
 * back button; without one it is a plain link.
 */
export function LeaveQuickly({ label }: { label: string }) {
  function leave(event: MouseEvent): void {
    event.preventDefault()
    document.documentElement.hidden = true
    window.location.replace(NEUTRAL_PAGE)
  }

  return (
    <a
      href={NEUTRAL_PAGE}
      rel="noreferrer"
      target="_self"
      onClick={leave}
      className="no-print sticky top-2 z-20 mt-2 inline-flex min-h-12 items-center self-end gap-2 rounded-xl border border-control bg-card px-3 text-sm font-semibold text-ink hover:border-ink"
    >
      <Icon name="leave" size={18} />
      {label}
    </a>
  )
}
