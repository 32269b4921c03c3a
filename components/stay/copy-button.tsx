'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'

/** Copies the secret link; without a script the link stands there to be marked. */
export function CopyButton({ text, label, doneLabel }: { text: string; label: string; doneLabel: string }) {
  const [done, setDone] = useState(false)

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    setDone(true)
  }

  return (
    <div>
      <Button wide onClick={() => void copy()}>{done ? doneLabel : label}</Button>
      <span role="status" className="sr-only">{done ? doneLabel : ''}</span>
    </div>
  )
}
