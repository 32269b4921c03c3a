import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Fold } from '@/components/ui/fold'
import { Notice } from '@/components/ui/notice'
import { formatClock } from '@/components/ui/time-words'
import type { FormAction } from '@/lib/actions/state'
import type { StayPlan, StayView } from '@/lib/arrivals/rules/stay'
import { GUEST_NO_REASONS } from '@/lib/placements/schema'
import { findCity } from '@/lib/places/places'
import { HomeFacts, HomeRooms } from './home-facts'
import { LegalCard } from './legal-card'

type Forms = {
  yes: FormAction
  no: FormAction
  /** Makes one idempotency key per form. */
  newKey: () => string
}

function NoForm({ placementId, action, formKey }: { placementId: string; action: FormAction; formKey: string }) {
  const t = useTranslations('stay.answer')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('noTitle')}>
      <input type="hidden" name="placementId" value={placementId} />
      <Fold summary={t('no')} names={['reason']}>
        <p>{t('noText')}</p>
        <Choice
          name="reason" legend={t('reason')} pick="one" layout="chips"
          options={GUEST_NO_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <SubmitButton look="secondary" wide pendingLabel={ui('sending')}>{t('send')}</SubmitButton>
      </Fold>
    </ActionForm>
  )
}

function YesForm({ placementId, action, formKey }: { placementId: string; action: FormAction; formKey: string }) {
  const t = useTranslations('stay')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('answer.yes')}>
      <input type="hidden" name="placementId" value={placementId} />
      <Checkbox name="legal" label={t('legal.read')} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('answer.yes')}</SubmitButton>
    </ActionForm>
  )
}

/** A proposed plan as one card, whatever rooms and homes it has: yes or another, for all of it. */
export function Proposal({ plan, view, forms }: { plan: StayPlan; view: StayView; forms: Forms }) {
  const t = useTranslations('stay.plan')
  const locale = useLocale()
  const proposed = plan.homes.filter(({ state }) => state === 'PROPOSED')
  const [first] = proposed
  if (!first) return null
  const rooms = proposed.reduce((count, home) => count + home.rooms.length, 0)
  const time = formatClock({ at: plan.deadline, now: view.now, locale, timeZone: view.timeZone })
  return (
    <Card look="lit" title={t('rooms', { count: rooms })}>
      {proposed.map((home, index) => (
        <div key={home.placementId} className={`grid gap-3 ${index === 0 ? '' : 'border-t border-line pt-4'}`}>
          <HomeRooms home={home} />
          <HomeFacts home={home} />
        </div>
      ))}
      {plan.guestSaidYes ? (
        <Notice tone="info">{t(plan.hostsSaidYes ? 'waitingLead' : 'waiting', { time })}</Notice>
      ) : (
        <>
          <p className="font-semibold">{t('until', { time })}</p>
          <LegalCard country={findCity(first.cityId)?.country ?? 'KZ'} />
          <YesForm placementId={first.placementId} action={forms.yes} formKey={forms.newKey()} />
          <NoForm placementId={first.placementId} action={forms.no} formKey={forms.newKey()} />
        </>
      )}
    </Card>
  )
}
