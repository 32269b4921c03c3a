'use client'

import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'
import { useActionResult } from '@/components/ui/form-context'

/** Optional questions, folded away until somebody wants them, or until one of them needs mending. */
export function Fold({ summary, names, open, children }: { summary: string; names: string[]; open?: boolean; children: ReactNode }) {
  const state = useActionResult()
  const wrong = state.status === 'refused' && names.some((name) => name in state.fields)
  return (
    <details open={wrong || open} className="group rounded-xl border border-line bg-card px-4">
      <summary className="plain-summary flex min-h-(--target) cursor-pointer items-center justify-between gap-3 font-semibold text-primary">
        {summary}
        <Icon name="chevron-down" className="transition-transform group-open:rotate-180" />
      </summary>
      <div className="grid gap-6 pt-2 pb-5">{children}</div>
    </details>
  )
}
