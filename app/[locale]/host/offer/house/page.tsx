import { getLocale } from 'next-intl/server'
import { HouseForm } from '@/components/hosts/house-form'
import { OfferScreen } from '@/components/hosts/offer-step'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../../page-title'
import { houseAction } from '../actions'
import { requireStep } from '../draft'

export const generateMetadata = () => pageTitle('offerHouse')

/** Offer a home, screen 4 of 6. */
export default async function OfferHousePage() {
  const { draft, knownHost } = await requireStep('house')
  return (
    <OfferScreen step="house">
      <HouseForm action={houseAction} formKey={newFormKey()} known={draft?.house} locale={await getLocale()} homeOnly={knownHost} />
    </OfferScreen>
  )
}
