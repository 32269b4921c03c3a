import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonLook, type ButtonLook, type ButtonSize } from './button-look'

type Props = {
  href: string
  children: ReactNode
  look?: ButtonLook | undefined
  size?: ButtonSize | undefined
  wide?: boolean | undefined
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ href, children, look = 'secondary', size, wide }: Props) {
  return (
    <Link href={href} prefetch={false} className={buttonLook({ look, size, wide })}>
      {children}
    </Link>
  )
}
