import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { stayView } from '@/lib/arrivals/queries/stay'
import type { StayView } from '@/lib/arrivals/rules/stay'
import { currentGuest } from '@/lib/auth/session'

/** The page of the newcomer whose secret this browser carries; without one, back to where it can be typed in. */
export async function ownView(): Promise<StayView> {
  const guest = await currentGuest()
  if (guest?.kind !== 'GUEST') redirect(`/${await getLocale()}/stay`)
  return stayView(guest.arrivalId)
}
