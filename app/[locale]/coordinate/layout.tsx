import '@/components/layout/onest.css'
import type { ReactNode } from 'react'
import { requireScope } from '@/lib/auth/session'
import { StaffFrame } from '../frames'
import { guarded } from '../guard'

/** Everything of a coordinator stands in the staff's frame. Each page proves its scope again: layouts are no gate. */
export default async function CoordinateLayout({ children }: { children: ReactNode }) {
  const { actor } = await guarded(requireScope)
  return <StaffFrame user={actor}>{children}</StaffFrame>
}
