'use client'

import { createContext, useContext } from 'react'
import { IDLE, type ActionState } from '@/lib/actions/state'

type Form = { id: string; state: ActionState }

/** The form around a field: where its errors and what was typed come from. Fields also work outside of any form. */
export const FormContext = createContext<Form>({ id: 'page', state: IDLE })

/** The element id of a field; two forms on one page may have fields of the same name. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name}`
}

type FieldState = {
  id: string
  error: string | undefined
  /** What was typed before the form was refused; undefined when it was not refused. */
  typed: string | string[] | undefined
}

/** What a field called `name` has to show: its id, its error and what was typed in it. */
export function useField(name: string): FieldState {
  const { id, state } = useContext(FormContext)
  const refused = state.status === 'refused' ? state : undefined
  // a field of many is called `x[]` in the form and `x` everywhere else
  const key = name.endsWith('[]') ? name.slice(0, -2) : name
  // a form that was sent without the field was sent with nothing chosen, whatever was chosen at first
  return { id: fieldId(id, name), error: refused?.fields[key], typed: refused && (refused.values[key] ?? []) }
}

/** The state of the form around, for parts that show its result. */
export function useActionResult(): ActionState {
  return useContext(FormContext).state
}

/** One text out of what was typed. */
export function oneTyped(typed: string | string[] | undefined): string | undefined {
  return Array.isArray(typed) ? typed[0] : typed
}

/** Ids for aria-describedby, or undefined when nothing describes the field. */
export function describedBy({ id, hint, error }: { id: string; hint: unknown; error: unknown }): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}
