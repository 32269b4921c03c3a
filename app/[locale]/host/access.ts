import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import type { UserActor } from '@/lib/auth/rules'
import { currentUser } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'

/** The signed-in host of a page; others are led to where they can become one. */
export async function requireHost(): Promise<UserActor & { hostId: string }> {
  const user = await currentUser()
  if (user === null) redirect(`/${await getLocale()}/sign-in`)
  if (user.hostId === null) redirect(`/${await getLocale()}/host/offer`)
  return { ...user, hostId: user.hostId }
}

/** The signed-in host inside an action, whose permission was checked already. */
export function asHost(actor: { kind: string }): UserActor & { hostId: string } {
  const user = actor as UserActor
  if (actor.kind !== 'USER' || user.hostId === null) throw new AppError('FORBIDDEN')
  return { ...user, hostId: user.hostId }
}
