import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import type { FormAction } from '@/lib/actions/state'
import type { StayHome } from '@/lib/arrivals/rules/stay'
import { AddressForm } from './address-form'
import { ChangedNotice } from './changed-notice'
import { HomeFacts, HomeRooms } from './home-facts'
import { HostContact } from './host-contact'
import { ExtensionState, LongerForm } from './longer-form'

type Forms = {
  reveal: FormAction
  contact: FormAction
  arrived: FormAction
  longer: FormAction
  /** Makes one idempotency key per form. */
  newKey: () => string
}

type Props = { home: StayHome; forms: Forms; phone: string | null }

function ArrivedForm({ home, action, formKey }: { home: StayHome; action: FormAction; formKey: string }) {
  const t = useTranslations('stay.stay')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} className="grid gap-2" label={t('arrived')}>
      <input type="hidden" name="placementId" value={home.placementId} />
      <SubmitButton look="secondary" wide pendingLabel={ui('sending')}>{t('arrived')}</SubmitButton>
      <p className="text-sm text-muted">{t('arrivedHint')}</p>
    </ActionForm>
  )
}

/** How to come: the address and the host, by recorded presses; or why neither opens now. */
function Way({ home: { placementId, householdChanged, contactShown }, forms, phone }: Props) {
  if (householdChanged) return <ChangedNotice phone={phone} />
  return (
    <>
      <AddressForm stay={{ placementId }} action={forms.reveal} formKey={forms.newKey()} />
      <HostContact placementId={placementId} shown={contactShown} phone={phone} action={forms.contact} formKey={forms.newKey()} />
    </>
  )
}

/** A confirmed or running stay: address, arrival, longer, leave. */
export function HomeCard({ home, forms, phone }: Props) {
  const t = useTranslations('stay.stay')
  const locale = useLocale()
  const isThere = home.state === 'ARRIVED'
  const { placementId } = home
  const asked = home.extension?.state === 'ASKED'
  return (
    <Card look="lit">
      <HomeRooms home={home} />
      <HomeFacts home={home} />
      <Way home={home} forms={forms} phone={phone} />
      {!isThere && home.mayArrive && <ArrivedForm home={home} action={forms.arrived} formKey={forms.newKey()} />}
      <ExtensionState home={home} />
      {!asked && <LongerForm home={home} action={forms.longer} formKey={forms.newKey()} />}
      {isThere ? (
        <LinkButton href={`/${locale}/stay/leave?home=${placementId}`} look="quiet">{t('leave')}</LinkButton>
      ) : (
        <LinkButton href={`/${locale}/stay/cancel?home=${placementId}`} look="quiet">{t('cancelStay')}</LinkButton>
      )}
    </Card>
  )
}
