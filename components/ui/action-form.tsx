'use client'

import { useActionState, useId, type ReactNode } from 'react'
import { IDLE, type FormAction } from '@/lib/actions/state'
import { ErrorSummary } from './error-summary'
import { FormContext } from './form-context'
import { Notice } from './notice'

type Props = {
  /** Server action, handed down as a prop. */
  action: FormAction
  /** Idempotency key the server made when it drew the form; sent as `_key`. */
  formKey: string
  children: ReactNode
  className?: string | undefined
  /** Accessible name, when no heading stands over the form. */
  label?: string | undefined
  /** Keeps the "done" notice away where the page itself shows the result. */
  quiet?: true | undefined
}

/**
 * A form whose action answers in words: a refusal shows on top and at the fields and keeps what was typed.
 *
 * Works without a script: Next runs the action on the plain POST and draws the page with the same state. Validation is
 * the server's, so the browser's own bubbles (in the browser's language) are switched off.
 */
export function ActionForm({ action, formKey, children, className, label, quiet }: Props) {
  const [state, send] = useActionState(action, IDLE)
  const id = useId()

  return (
    <FormContext value={{ id, state }}>
      <form action={send} noValidate className={className ?? 'grid gap-6'} aria-label={label}>
        <input type="hidden" name="_key" value={formKey} />
        {state.status === 'refused' && <ErrorSummary state={state} form={id} />}
        {state.status === 'done' && state.message && !quiet && (
          <div role="status">
            <Notice tone="ok">{state.message}</Notice>
          </div>
        )}
        {children}
      </form>
    </FormContext>
  )
}
