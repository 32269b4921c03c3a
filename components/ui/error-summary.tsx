'use client'

import { useEffect, useRef } from 'react'
import type { ActionState } from '@/lib/actions/state'
import { fieldId } from './form-context'
import { Icon } from './icon'

type Refused = Extract<ActionState, { status: 'refused' }>

/** What went wrong, on top of the form, with a link to every field that needs mending. Takes the focus once shown. */
export function ErrorSummary({ state, form }: { state: Refused; form: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.focus()
  }, [state])

  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-xl border-2 border-danger bg-danger-soft p-4 text-ink"
    >
      <p className="flex gap-3 font-semibold">
        <Icon name="alert" size={24} className="text-danger" />
        {state.message}
      </p>
      {Object.keys(state.fields).length > 0 && (
        <ul className="mt-2 grid gap-1 pl-9">
          {Object.entries(state.fields).map(([name, error]) => (
            <li key={name}>
              <a href={`#${fieldId(form, name)}`} className="inline-flex min-h-(--target) items-center underline underline-offset-4">
                {error}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
