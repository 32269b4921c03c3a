'use client'

import type { ReactNode } from 'react'
import { FieldError } from './field-frame'
import { useField } from './form-context'

type Props = {
  name: string
  label: ReactNode
  hint?: ReactNode
  /** Sent value when ticked, `on` unless told. */
  value?: string | undefined
  initial?: boolean | undefined
}

/** A single yes: one tile with a tick. */
export function Checkbox({ name, label, hint, value = 'on', initial }: Props) {
  const { id, error, typed } = useField(name)
  const checked = typed === undefined ? initial : [typed].flat().includes(value)
  return (
    <div className="grid gap-1.5">
      <FieldError id={id}>{error}</FieldError>
      <label className="tile flex min-h-(--target) items-center gap-3 px-4 py-3">
        <input
          id={id}
          type="checkbox"
          name={name}
          value={value}
          defaultChecked={checked}
          className="tick"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <span>
          {label}
          {hint && <span className="block text-sm text-muted">{hint}</span>}
        </span>
      </label>
    </div>
  )
}
