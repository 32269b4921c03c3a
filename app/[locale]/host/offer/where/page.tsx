import { OfferScreen } from '@/components/hosts/offer-step'
import { WhereForm } from '@/components/hosts/where-form'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../../page-title'
import { whereAction } from '../actions'
import { requireStep } from '../draft'

export const generateMetadata = () => pageTitle('offerWhere')

/** Offer a home, screen 2 of 6. */
export default async function OfferWherePage() {
  const { draft } = await requireStep('where')
  return (
    <OfferScreen step="where">
      <WhereForm action={whereAction} formKey={newFormKey()} known={draft?.where} />
    </OfferScreen>
  )
}
