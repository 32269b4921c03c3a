'use client'

import type { ReactNode } from 'react'
import { ErrorSummary } from '@/components/ui/error-summary'
import { FormContext } from '@/components/ui/form-context'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'
import type { Day } from '@/lib/time/day'
import type { FormCheck } from './form-checks'
import { useCheckedForm, type CheckWords } from './use-checked-form'

type Props = {
  action: FormAction
  /** Idempotency key the server made when it drew the form. */
  formKey: string
  check: FormCheck
  /** The day the page was drawn on, for days that must not lie ahead. */
  today: Day
  words: CheckWords
  children: ReactNode
  className?: string | undefined
  label?: string | undefined
}

/**
 * A form that is checked at each field as one leaves it and again by the server. Until scripts run, and where they
 * never do, it is a plain form with the same action.
 */
export function CheckedForm({ action, formKey, check, today, words, children, className, label }: Props) {
  const { id, form, send, leave, mend, submit, shown, context } = useCheckedForm({ action, check, today, words })
  return (
    <FormContext value={{ id, state: context }}>
      <form
        ref={form} action={send} onSubmit={submit} onBlur={leave} onInput={mend} noValidate
        className={className ?? 'grid gap-6'} aria-label={label}
      >
        <input type="hidden" name="_key" value={formKey} />
        {shown.status === 'refused' && <ErrorSummary state={shown} form={id} />}
        {shown.status === 'done' && shown.message && (
          <div role="status">
            <Notice tone="ok">{shown.message}</Notice>
          </div>
        )}
        {children}
      </form>
    </FormContext>
  )
}
