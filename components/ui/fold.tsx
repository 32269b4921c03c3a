'use client'

import type { ReactNode } from 'react'
import type { ActionState } from '@/lib/actions/state'
import { useActionResult } from './form-context'
import { Icon } from './icon'

type Props = {
  summary: string
  /** Names of the fields inside, without brackets. */
  names: readonly string[]
  open?: boolean
  children: ReactNode
}

function isFilled(value: string | string[] | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.length > 0
}

function hasWork(state: ActionState, names: readonly string[]): boolean {
  if (state.status !== 'refused') return false
  return names.some((name) => name in state.fields || isFilled(state.values[name]))
}

/** Optional questions, folded away until somebody wants them; open again when one was answered or needs mending. */
export function Fold({ summary, names, open, children }: Props) {
  const state = useActionResult()
  return (
    <details open={hasWork(state, names) || open} className="group rounded-xl border border-line bg-card px-4">
      <summary className="plain-summary flex min-h-(--target) cursor-pointer items-center justify-between gap-4 font-semibold text-primary">
        {summary}
        <Icon name="chevron-down" className="transition-transform group-open:rotate-180 motion-reduce:transition-none" />
      </summary>
      <div className="grid gap-6 pt-2 pb-5">{children}</div>
    </details>
  )
}
