import '@/components/layout/onest.css'
import type { ReactNode } from 'react'
import { requireUser } from '@/lib/auth/session'
import { StaffFrame } from '../frames'
import { guarded } from '../guard'

/** Everything of a lead stands in the staff's frame. Each page proves its reach again: layouts are no gate. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const actor = await guarded(() => requireUser('policy:edit'))
  return <StaffFrame user={actor}>{children}</StaffFrame>
}
