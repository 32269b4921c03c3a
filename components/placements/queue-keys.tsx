'use client'

import type { KeyboardEvent, ReactNode } from 'react'

const STEPS: Readonly<Record<string, number>> = { j: 1, J: 1, о: 1, О: 1, k: -1, K: -1, л: -1, Л: -1 }

function move(event: KeyboardEvent<HTMLDivElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')].filter((row) => row.offsetParent !== null)
  const at = rows.findIndex((row) => row === event.target)
  if (at === -1) return
  event.preventDefault()
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus()
}

/**
 * Lets J and K walk the rows while one of them has the focus, in Latin and Cyrillic. Anywhere else the keys type: a
 * single key never acts on its own.
 */
export function QueueKeys({ children }: { children: ReactNode }) {
  return <div onKeyDown={move}>{children}</div>
}
