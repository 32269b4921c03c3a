import type { ReactNode } from 'react'

/** Around a choice in two columns: an answer that opens more questions takes the whole row for them. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="[&_.choice:has(>.choice-more)]:col-span-full">{children}</div>
}
