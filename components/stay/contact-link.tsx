'use client'

import { useActionResult } from '@/components/ui/form-context'

/** The opened contact as something to press; the words stand before it. */
export function ContactLink({ call, write, none }: Record<'call' | 'write' | 'none', string>) {
  const state = useActionResult()
  if (state.status !== 'done') return null
  const contact = state.data?.['contact']
  if (typeof contact !== 'string' || contact === '') return <p role="status">{none}</p>
  const isPhone = /^\+\d{7,15}$/.test(contact)
  return (
    <p role="status" className="flex min-h-(--target) flex-wrap items-center gap-x-2">
      {isPhone ? call : write}
      <a
        href={`${isPhone ? 'tel' : 'mailto'}:${contact}`}
        className="inline-flex min-h-(--target) items-center break-all text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
      >
        {contact}
      </a>
    </p>
  )
}
