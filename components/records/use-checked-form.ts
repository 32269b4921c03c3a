'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useActionState, useEffect, useId, useMemo, useRef, useState, useTransition, type FocusEvent, type InputEvent, type SubmitEvent } from 'react'
import { useForm, type FieldErrors, type FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { IDLE, type ActionState, type FormAction } from '@/lib/actions/state'
import type { Day } from '@/lib/time/day'
import { FORM_CHECKS, readFields, type FormCheck } from './form-checks'

export type CheckWords = {
  /** Sentence over a form with faults. */
  summary: string
  /** Sentences by code, and one for a code without. */
  faults: Record<string, string>
  unknown: string
}

/** Longer than a press of a button takes. */
const PRESS_MS = 300

type Options = { action: FormAction; check: FormCheck; today: Day; words: CheckWords }
type Refused = Extract<ActionState, { status: 'refused' }>

function sentences(errors: FieldErrors, { faults, unknown }: CheckWords): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([name, error]) => {
    const code = typeof error?.message === 'string' ? error.message : ''
    return [name, faults[code] ?? unknown]
  }))
}

function nameOf(element: Element): string {
  return (element.getAttribute('name') ?? '').replace('[]', '')
}

function mergeFaults(shown: ActionState, live: Record<string, string>, words: CheckWords): ActionState {
  if (Object.keys(live).length === 0) return shown
  const { fields, values } = shown.status === 'refused' ? shown : { fields: {}, values: {} }
  return { status: 'refused', message: words.summary, fields: { ...fields, ...live }, values }
}

/** Joins a server action, the shared schema and react-hook-form. The fields stay the browser's own. */
export function useCheckedForm({ action, check, today, words }: Options) {
  const [state, send] = useActionState(action, IDLE)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const schema = useMemo((): z.ZodType<unknown, FieldValues> => FORM_CHECKS[check](() => today), [check, today])
  const { reset, trigger, handleSubmit, formState: { errors } } = useForm<FieldValues, unknown, unknown>({ resolver: zodResolver(schema) })

  useEffect(() => {
    if (state.status === 'done') form.current?.reset()
  }, [state])

  function look(element: HTMLFormElement, field: string) {
    reset(readFields(element), { keepErrors: true })
    void trigger(field)
  }

  function leave({ currentTarget, target }: FocusEvent<HTMLFormElement>) {
    const field = nameOf(target)
    const value = readFields(currentTarget)[field]
    // an empty field one passes by is no fault yet, and mending is seen while typing
    if (value === undefined || value === '' || field in errors) return
    // a line that appears between press and release would move the button away from under the finger
    window.setTimeout(() => { look(currentTarget, field) }, PRESS_MS)
  }

  function mend({ currentTarget, target }: InputEvent<HTMLFormElement>) {
    const field = nameOf(target as Element)
    if (field in errors) look(currentTarget, field)
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const sent = new FormData(event.currentTarget)
    const values = readFields(event.currentTarget)
    startTransition(async () => {
      reset(values, { keepErrors: true })
      await handleSubmit(
        () => {
          setRefused(null)
          startTransition(() => { send(sent) })
        },
        (found) => { setRefused({ status: 'refused', message: words.summary, fields: sentences(found, words), values }) },
      )()
    })
  }

  const shown = refused ?? state
  return { id: useId(), form, send, leave, mend, submit, shown, context: mergeFaults(shown, sentences(errors, words), words) }
}
