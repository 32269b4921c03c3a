import { OfferScreen } from '@/components/hosts/offer-step'
import { WhatForm } from '@/components/hosts/what-form'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../page-title'
import { whatAction } from './actions'
import { readOffer } from './draft'

export const generateMetadata = () => pageTitle('offer')

/** Offer a home, screen 1 of 6. */
export default async function OfferWhatPage() {
  const { draft } = await readOffer()
  return (
    <OfferScreen step="what">
      <WhatForm action={whatAction} formKey={newFormKey()} known={draft?.what} />
    </OfferScreen>
  )
}
