import { notFound } from 'next/navigation'
import { CheckForm } from '@/components/hosts/check-form'
import { OfferScreen } from '@/components/hosts/offer-step'
import { RULES_VERSION } from '@/lib/hosts/schema'
import { findCity } from '@/lib/places/places'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../../page-title'
import { anotherHomeAction, publishAction } from '../actions'
import { requireStep } from '../draft'
import { completeOffer } from '../finish'
import { offerAnswers } from './answers'

export const generateMetadata = () => pageTitle('offerCheck')

/** Offer a home, screen 6 of 6. */
export default async function OfferCheckPage() {
  const { draft, knownHost } = await requireStep('check')
  const offer = draft && completeOffer(draft)
  if (!offer) notFound()
  return (
    <OfferScreen step="check">
      <CheckForm
        action={publishAction}
        another={draft.offered === true ? anotherHomeAction : null}
        formKey={newFormKey()}
        answers={await offerAnswers(offer, knownHost)}
        country={findCity(offer.where.cityId)?.country ?? 'KZ'}
        versions={{ legal: LEGAL_VERSION, rules: RULES_VERSION }}
        needsCode={!knownHost}
      />
    </OfferScreen>
  )
}
