'use client'

import { Button } from '@/components/ui/button'

/** Prints the page. Without a script the browser's own menu does. */
export function PrintButton({ children }: { children: string }) {
  return <span className="no-print"><Button onClick={() => { window.print() }}>{children}</Button></span>
}
