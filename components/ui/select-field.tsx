'use client'

import type { ReactNode } from 'react'
import { FieldFrame } from './field-frame'
import { describedBy, oneTyped, useField } from './form-context'

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined }

type Props = {
  name: string
  label: ReactNode
  hint?: ReactNode
  options: SelectOption[]
  /** Named groups of options, shown after `options`. */
  groups?: { label: string; options: SelectOption[] }[] | undefined
  initial?: string | undefined
  /** Words of the empty first option; leave out when there is always an answer. */
  empty?: string | undefined
  required?: boolean | undefined
}

/** The browser's own list: the best one on every phone. */
export function SelectField({ name, label, hint, options, groups, initial, empty, required }: Props) {
  const { id, error, typed } = useField(name)
  const value = oneTyped(typed) ?? initial ?? ''

  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      {/* The key: React does not move a select's first value when it changes, and a sent form goes back to it. */}
      <select
        key={value}
        id={id}
        name={name}
        defaultValue={value}
        className="control"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, hint, error })}
        aria-required={required}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(drawOption)}
        {groups?.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(drawOption)}
          </optgroup>
        ))}
      </select>
    </FieldFrame>
  )
}

function drawOption({ value, label, disabled }: SelectOption) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  )
}
