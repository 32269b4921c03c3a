'use client'

import { useRef, useState, type ReactNode } from 'react'
import { FieldError, FieldHint } from './field-frame'
import { describedBy, oneTyped, useField } from './form-context'
import { Icon } from './icon'

type Props = {
  name: string
  label: ReactNode
  hint?: ReactNode
  min: number
  max: number
  initial: number
  /** Spoken names of the two buttons, for example "Fewer adults", "More adults". */
  lessLabel: string
  moreLabel: string
}

const BUTTON =
  'script-only grid size-12 place-items-center rounded-xl border border-control bg-card text-primary hover:border-ink'

/** A small number: the browser's own number field, with − and + beside it where scripts run. */
export function Stepper({ name, label, hint, min, max, initial, lessLabel, moreLabel }: Props) {
  const { id, error, typed } = useField(name)
  const input = useRef<HTMLInputElement>(null)
  const [spoken, setSpoken] = useState('')

  function step(by: 1 | -1): void {
    const field = input.current
    if (!field) return
    if (by > 0) field.stepUp()
    else field.stepDown()
    field.dispatchEvent(new Event('input', { bubbles: true }))
    setSpoken(field.value)
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-28">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <FieldHint id={id}>{hint}</FieldHint>
        <FieldError id={id}>{error}</FieldError>
      </div>
      <div className="flex gap-2">
        <button type="button" className={BUTTON} aria-label={lessLabel} onClick={() => { step(-1) }}>
          <Icon name="minus" />
        </button>
        <input
          ref={input}
          id={id}
          type="number"
          inputMode="numeric"
          name={name}
          min={min}
          max={max}
          step={1}
          defaultValue={oneTyped(typed) ?? initial}
          className="control w-20 text-center text-xl font-semibold"
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy({ id, hint, error })}
        />
        <button type="button" className={BUTTON} aria-label={moreLabel} onClick={() => { step(1) }}>
          <Icon name="plus" />
        </button>
        <span role="status" className="sr-only">
          {spoken}
        </span>
      </div>
    </div>
  )
}
