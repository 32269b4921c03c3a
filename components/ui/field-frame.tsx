import type { ReactNode } from 'react'
import { Icon } from './icon'

/** Error at a field: icon and words, never colour alone. */
export function FieldError({ id, children }: { id: string; children: string | undefined }) {
  if (!children) return null
  return (
    <p id={`${id}-error`} className="flex gap-2 font-semibold text-danger">
      <Icon name="alert" size={22} className="mt-0.5" />
      {children}
    </p>
  )
}

/** A line under a label that says what the answer is for. */
export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null
  return (
    <p id={`${id}-hint`} className="text-sm text-muted">
      {children}
    </p>
  )
}

type Props = {
  id: string
  label: ReactNode
  hint?: ReactNode
  error: string | undefined
  children: ReactNode
}

/** Label, hint, error and the control, in this order, so that a screen reader meets them in reading order. */
export function FieldFrame({ id, label, hint, error, children }: Props) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <FieldHint id={id}>{hint}</FieldHint>
      <FieldError id={id}>{error}</FieldError>
      {children}
    </div>
  )
}
