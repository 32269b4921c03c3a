'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const LOOK_EVERY_MS = 1_000

/** Draws the page anew every second while it stands on it; without a script the browser loads it anew. */
export function ProgressWatch() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => { router.refresh() }, LOOK_EVERY_MS)
    return () => { clearInterval(timer) }
  }, [router])
  return <noscript><meta httpEquiv="refresh" content="2" /></noscript>
}
