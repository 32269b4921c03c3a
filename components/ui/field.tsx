'use client'

import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { FieldFrame } from './field-frame'
import { describedBy, oneTyped, useField } from './form-context'

type Props = {
  /** Form field name; errors and typed values are found by it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  /** `textarea` gives several lines. Days are `date` with a value like `2026-11-05`. */
  type?: 'text' | 'email' | 'tel' | 'date' | 'time' | 'number' | 'search' | 'textarea' | undefined
  /** First value; what was typed wins over it after a refusal. */
  initial?: string | undefined
  required?: boolean | undefined
  autoComplete?: HTMLInputAutoCompleteAttribute | undefined
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | undefined
  maxLength?: number | undefined
  min?: string | number | undefined
  max?: string | number | undefined
  /** Lines of a textarea, 4 unless told. */
  rows?: number | undefined
  /** Language of what is typed, where it differs from the page. */
  lang?: string | undefined
  placeholder?: string | undefined
  /** Narrow controls (codes, dates, numbers) get a width that tells how much is expected. */
  width?: 'full' | 'short' | undefined
}

/**
 * Code units a field takes unless told: more than any schema does, so that one says what is too long, and so few that
 * whatever is pasted still fits a form the server reads.
 */
const LONGEST: Partial<Record<NonNullable<Props['type']>, number>> = { text: 600, email: 600, tel: 200, search: 60, textarea: 2_000 }

/** One typed answer: label, hint, error at the field, and what was typed is kept. */
export function Field(props: Props) {
  const { name, label, hint, type = 'text', rows } = props
  const { id, error, typed } = useField(name)
  const control = { ...controlProps(props), maxLength: props.maxLength ?? LONGEST[type], id, defaultValue: oneTyped(typed) ?? props.initial ?? '' }
  const aria = {
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy({ id, hint, error }),
    'aria-required': props.required,
  }

  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      {type === 'textarea' ? (
        <textarea {...control} {...aria} rows={rows ?? 4} />
      ) : (
        <input {...control} {...aria} type={type} min={props.min} max={props.max} inputMode={props.inputMode} />
      )}
    </FieldFrame>
  )
}

function controlProps({ name, autoComplete, lang, placeholder, width }: Props) {
  return {
    name,
    autoComplete,
    lang,
    placeholder,
    className: width === 'short' ? 'control max-w-56' : 'control',
  }
}
