'use client'

import { useCallback, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { useActionResult } from '@/components/ui/form-context'
import type { FormAction } from '@/lib/actions/state'
import { isCovered, setCovered, watchIdle } from './idle-watch'

type Words = Record<'heading' | 'text' | 'code' | 'show' | 'sending', string>

type Props = {
  /** Of this opening of this request; no secret. */
  mark: string
  /** Checks the spoken code. */
  action: FormAction
  formKey: string
  words: Words
  children: ReactNode
}

const uncoveredOnTheServer = (): boolean => false

/**
 * Takes a newcomer's page away after five quiet minutes, for a phone that is passed on; the spoken code brings it back.
 * Another request on the same phone, and the same one opened by its link again, have another mark and are not covered.
 * Without a script nothing covers it: then "close on this device" is there.
 */
export function IdleCover({ mark, action, formKey, words, children }: Props) {
  const watch = useCallback((changed: () => void) => watchIdle({ mark, changed }), [mark])
  const covered = useSyncExternalStore(watch, () => isCovered(mark), uncoveredOnTheServer)
  if (!covered) return children
  return (
    <>
      <h1>{words.heading}</h1>
      <p>{words.text}</p>
      <ActionForm action={action} formKey={formKey} quiet>
        <Uncover mark={mark} />
        <Field name="code" label={words.code} autoComplete="off" width="short" />
        <SubmitButton wide pendingLabel={words.sending}>{words.show}</SubmitButton>
      </ActionForm>
    </>
  )
}

function Uncover({ mark }: { mark: string }) {
  const { status } = useActionResult()
  useEffect(() => {
    if (status === 'done') setCovered({ mark, covered: false })
  }, [status, mark])
  return null
}
