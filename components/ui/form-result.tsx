'use client'

import type { ReactNode } from 'react'
import type { ActionState } from '@/lib/actions/state'
import { useActionResult } from './form-context'

/** Shows its children only while the form around is in one of these states. */
export function FormWhen({ status, children }: { status: ActionState['status'] | ActionState['status'][]; children: ReactNode }) {
  const state = useActionResult()
  return [status].flat().includes(state.status) ? children : null
}

/** One text of a finished action's `data` (the revealed address, a code), or nothing when it is not there. */
export function FormDatum({ name }: { name: string }) {
  const state = useActionResult()
  const value = state.status === 'done' ? state.data?.[name] : undefined
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
