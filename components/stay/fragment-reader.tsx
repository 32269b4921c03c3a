'use client'

import { useEffect, useRef } from 'react'
import { setCovered } from './idle-watch'

/**
 * Takes the secret out of the address (`#…`, which no browser sends anywhere), posts it once with the form around, and
 * clears the address bar. Without a script the form itself asks for it. Whoever holds the secret needs no spoken code:
 * a covered page opens again, and so does one that was closed here.
 *
 * @see docs/adr/0009-the-link-carries-the-secret.md
 */
export function FragmentReader({ nobody }: { nobody?: boolean }) {
  const mark = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    function read(): void {
      const secret = window.location.hash.slice(1)
      const form = mark.current?.closest('form')
      const field = form?.elements.namedItem('secret')
      if (!form || !(field instanceof HTMLInputElement) || !/^[0-9A-Za-z]{26}$/.test(secret)) return
      window.history.replaceState(null, '', window.location.pathname)
      field.value = secret
      setCovered(false)
      form.requestSubmit()
    }
    if (nobody) setCovered(false)
    read()
    window.addEventListener('hashchange', read)
    return () => {
      window.removeEventListener('hashchange', read)
    }
  }, [nobody])

  return <span ref={mark} hidden />
}
