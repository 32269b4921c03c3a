'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { buttonLook, type ButtonLook, type ButtonSize } from './button-look'

type Props = {
  children: ReactNode
  look?: ButtonLook | undefined
  size?: ButtonSize | undefined
  /** Full width: the primary button at the bottom of a phone screen. */
  wide?: boolean | undefined
}

type SubmitProps = Props & {
  /** Words while the form is on its way: "Sending". */
  pendingLabel: string
  /** With several buttons in one form: which of them was pressed. */
  name?: string | undefined
  value?: string | undefined
}

/**
 * Sends the form around it. A second press while it is on its way does nothing; the button keeps the focus and says
 * that it is working.
 */
export function SubmitButton({ children, pendingLabel, look = 'primary', size, wide, name, value }: SubmitProps) {
  const { pending, data } = useFormStatus()
  const mine = pending && (name === undefined || data.get(name) === value)
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={pending ? true : undefined}
      onClick={(event) => {
        if (pending) event.preventDefault()
      }}
      className={buttonLook({ look, size, wide })}
    >
      {mine ? pendingLabel : children}
    </button>
  )
}

type PlainProps = Props & {
  onClick: () => void
  /** Name for screen readers where the button shows only an icon. */
  label?: string | undefined
}

/** A button that does something on the page; without a script it is not there. */
export function Button({ children, look = 'secondary', size, wide, onClick, label }: PlainProps) {
  return (
    <button type="button" aria-label={label} onClick={onClick} className={`script-only ${buttonLook({ look, size, wide })}`}>
      {children}
    </button>
  )
}
