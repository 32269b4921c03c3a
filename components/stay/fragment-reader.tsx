'use client'

import { useEffect, useRef } from 'react'

/**
 * Takes the secret out of the address (`#…`, which no browser sends anywhere), posts it once with the form around, and
 * clears the address bar. Without a script the form itself asks for it.
 *
 * @see docs/adr/0009-the-link-carries-the-secret.md
 */
export function FragmentReader() {
  const mark = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    function read(): void {
      const secret = window.location.hash.slice(1)
      const form = mark.current?.closest('form')
      const field = form?.elements.namedItem('secret')
      if (!form || !(field instanceof HTMLInputElement) || !/^[0-9A-Za-z]{26}$/.test(secret)) return
      window.history.replaceState(null, '', window.location.pathname)
      field.value = secret
      form.requestSubmit()
    }
    read()
    window.addEventListener('hashchange', read)
    return () => {
      window.removeEventListener('hashchange', read)
    }
  }, [])

  return <span ref={mark} hidden />
}
