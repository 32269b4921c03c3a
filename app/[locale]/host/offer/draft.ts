import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { stepPath } from '@/components/hosts/offer-step'
import { currentUser } from '@/lib/auth/session'
import { nextStep, OFFER_STEPS, type OfferStep } from '@/lib/hosts/rules'
import { offerDraftSchema, type OfferDraft } from '@/lib/hosts/schema'
import { readDraft } from '@/lib/privacy/draft'

/** The unfinished offer of this browser, and whether a host is signed in on it. */
export interface UnfinishedOffer {
  draft: OfferDraft | null
  knownHost: boolean
}

export async function readOffer(): Promise<UnfinishedOffer> {
  const user = await currentUser()
  return { draft: await readDraft('offer', offerDraftSchema), knownHost: user !== null && user.hostId !== null }
}

/** The offer so far, for a screen of it; leads back to the first screen without an answer before this one. */
export async function requireStep(step: OfferStep): Promise<UnfinishedOffer> {
  const offer = await readOffer()
  const next = nextStep(offer.draft, offer.knownHost)
  if (OFFER_STEPS.indexOf(next) < OFFER_STEPS.indexOf(step)) redirect(`/${await getLocale()}${stepPath(next)}`)
  return offer
}
