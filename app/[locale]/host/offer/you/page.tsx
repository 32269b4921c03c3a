import { OfferScreen } from '@/components/hosts/offer-step'
import { YouForm } from '@/components/hosts/you-form'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../../page-title'
import { youAction } from '../actions'
import { requireStep } from '../draft'

export const generateMetadata = () => pageTitle('offerYou')

/** Offer a home, screen 5 of 6. */
export default async function OfferYouPage() {
  const { draft } = await requireStep('you')
  return (
    <OfferScreen step="you">
      <YouForm action={youAction} formKey={newFormKey()} known={draft?.you} />
    </OfferScreen>
  )
}
