import { OfferScreen } from '@/components/hosts/offer-step'
import { WhenForm } from '@/components/hosts/when-form'
import { MAX_AHEAD_NIGHTS } from '@/lib/hosts/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { pageTitle } from '../../page-title'
import { whenAction } from '../actions'
import { requireStep } from '../draft'

export const generateMetadata = () => pageTitle('offerWhen')

/** Offer a home, screen 3 of 6. */
export default async function OfferWhenPage() {
  const { draft, knownHost } = await requireStep('when')
  const cityId = draft?.where?.cityId ?? 'almaty'
  const today = todayIn(cityId)
  return (
    <OfferScreen step="when">
      <WhenForm
        action={whenAction}
        formKey={newFormKey()}
        known={draft?.when}
        cityId={cityId}
        today={today}
        last={addDays(today, MAX_AHEAD_NIGHTS - 1)}
        homeOnly={knownHost}
      />
    </OfferScreen>
  )
}
