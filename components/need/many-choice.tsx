'use client'

import { useContext, type ComponentProps } from 'react'
import { Choice } from '@/components/ui/choice'
import { FormContext } from '@/components/ui/form-context'

type Props = Omit<ComponentProps<typeof Choice>, 'pick' | 'name'> & {
  /** Name of the field without its brackets; it travels as `name[]`. */
  name: string
}

/**
 * Several answers of a list. After a refusal it shows exactly what was ticked, also when that was nothing: the field
 * travels as `name[]` and comes back as `name`.
 */
export function ManyChoice({ name, ...props }: Props) {
  const form = useContext(FormContext)
  const field = `${name}[]`
  const { state } = form
  const aliased = state.status === 'refused'
    ? { ...state, values: { ...state.values, [field]: state.values[name] ?? [] }, fields: { ...state.fields, ...errorOf(state.fields[name], field) } }
    : state
  return (
    <FormContext value={{ ...form, state: aliased }}>
      <Choice {...props} name={field} pick="many" />
    </FormContext>
  )
}

function errorOf(error: string | undefined, field: string): Record<string, string> {
  return error === undefined ? {} : { [field]: error }
}
