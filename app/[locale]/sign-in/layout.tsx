import '@/components/layout/onest.css'
import type { ReactNode } from 'react'
import { HostFrame } from '../frames'

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <HostFrame>{children}</HostFrame>
}
