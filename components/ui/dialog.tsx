'use client'

import { useId, useRef, useSyncExternalStore, type ReactNode } from 'react'
import { buttonLook, type ButtonLook, type ButtonSize } from './button-look'
import { Icon } from './icon'

type Props = {
  /** Words on the button that opens it. */
  opener: ReactNode
  title: string
  closeLabel: string
  children: ReactNode
  look?: ButtonLook | undefined
  size?: ButtonSize | undefined
  /** Shown open without a script: a form inside it was just refused. */
  open?: boolean | undefined
}

function subscribe(): () => void {
  return () => undefined
}

/** A window over the page. Until scripts run, and where they never do, the same content folds out in place. */
export function Dialog(props: Props) {
  const scripted = useSyncExternalStore(subscribe, () => true, () => false)
  return scripted ? <Modal {...props} /> : <Fold {...props} />
}

function Fold({ opener, title, children, look = 'secondary', size, open }: Props) {
  return (
    <details open={open}>
      <summary className={`plain-summary ${buttonLook({ look, size })}`}>{opener}</summary>
      <div className="mt-4 grid gap-4 rounded-xl border border-line bg-card p-4">
        <h2>{title}</h2>
        {children}
      </div>
    </details>
  )
}

function Modal({ opener, title, closeLabel, children, look = 'secondary', size }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  return (
    <>
      <button type="button" className={`no-print ${buttonLook({ look, size })}`} onClick={() => dialog.current?.showModal()}>
        {opener}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto max-h-[90dvh] w-[calc(100%-2rem)] max-w-prose rounded-2xl border border-line bg-card p-0 text-left text-ink"
      >
        <div className="grid gap-4 p-5 sm:p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={titleId}>{title}</h2>
            <button
              type="button"
              aria-label={closeLabel}
              className="-m-2 grid size-12 flex-none place-items-center rounded-xl hover:bg-page"
              onClick={() => dialog.current?.close()}
            >
              <Icon name="cross" />
            </button>
          </div>
          {children}
        </div>
      </dialog>
    </>
  )
}
