import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { FormDatum, FormWhen } from '@/components/ui/form-result'
import type { FormAction } from '@/lib/actions/state'
import { GUEST_NO_REASONS, HOST_NO_REASONS } from '@/lib/placements/schema'

type Props = {
  action: FormAction
  formKey: string
  /** Names the one request this page may answer. */
  ticket: string
}

function Ticket({ ticket }: { ticket: string }) {
  return <input type="hidden" name="_ticket" value={ticket} />
}

/** The host's yes; before the first guest it asks where to come. */
export function HostYesForm({ action, formKey, ticket, asksAddress }: Props & { asksAddress: boolean }) {
  const t = useTranslations('answer.host')
  const where = useTranslations('host.offer.where')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('yes')}>
      <Ticket ticket={ticket} />
      {asksAddress && (
        <>
          <p>{t('addressNow')}</p>
          <Field name="address" label={where('addressLabel')} hint={where('addressHint')} autoComplete="street-address" required />
          <Field name="entrance" type="textarea" rows={2} label={where('entranceLabel')} hint={where('entranceHint')} />
        </>
      )}
      <Checkbox name="legal" label={t('legal')} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('yes')}</SubmitButton>
    </ActionForm>
  )
}

/** Not this time, with a reason for those who want to give one. */
export function HostNoForm({ action, formKey, ticket }: Props) {
  const t = useTranslations('answer.host')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('no')}>
      <Ticket ticket={ticket} />
      <Fold summary={t('reason')} names={['reason']}>
        <Choice
          name="reason"
          legend={t('reason')}
          legendAs="hidden"
          hint={t('reasonHint')}
          pick="one"
          layout="chips"
          options={HOST_NO_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
      </Fold>
      <SubmitButton wide look="secondary" pendingLabel={ui('sending')}>{t('no')}</SubmitButton>
    </ActionForm>
  )
}

/** A pause for the whole home, straight from the request. */
export function HostPauseForm({ action, formKey, ticket }: Props) {
  const t = useTranslations('answer.host')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('pause')} className="grid gap-3">
      <Ticket ticket={ticket} />
      <p>{t('pauseText')}</p>
      <SubmitButton wide look="secondary" pendingLabel={ui('sending')}>{t('pause')}</SubmitButton>
    </ActionForm>
  )
}

/** Whether the guests may stay longer. */
export function ExtensionForm({ action, formKey, ticket }: Props) {
  const t = useTranslations('answer.host')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('extension')} className="grid gap-2 sm:grid-cols-2">
      <Ticket ticket={ticket} />
      <SubmitButton wide name="agree" value="yes" pendingLabel={ui('sending')}>{t('extensionYes')}</SubmitButton>
      <SubmitButton wide name="agree" value="no" look="secondary" pendingLabel={ui('sending')}>{t('extensionNo')}</SubmitButton>
    </ActionForm>
  )
}

/** Opens the guest's contact of a confirmed stay to the host who signed in; every opening is recorded. */
export function ContactForm({ action, formKey, placementId }: Omit<Props, 'ticket'> & { placementId: string }) {
  const t = useTranslations('answer.host')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('contact')} className="grid gap-3" quiet>
      <input type="hidden" name="placementId" value={placementId} />
      <FormWhen status={['idle', 'refused']}>
        <p>{t('contactText')}</p>
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('contact')}</SubmitButton>
        </div>
      </FormWhen>
      <FormWhen status="done">
        <p role="status" className="text-xl font-semibold">
          <FormDatum name="contact" />
        </p>
      </FormWhen>
    </ActionForm>
  )
}

/** The guest's yes, straight from the mail. */
export function GuestYesForm({ action, formKey, ticket }: Props) {
  const t = useTranslations('answer.guest')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('yes')}>
      <Ticket ticket={ticket} />
      <Checkbox name="legal" label={t('legal')} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('yes')}</SubmitButton>
    </ActionForm>
  )
}

/** Another place, please; a reason is never required. */
export function GuestNoForm({ action, formKey, ticket }: Props) {
  const t = useTranslations('answer.guest')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('another')}>
      <Ticket ticket={ticket} />
      <Fold summary={t('reason')} names={['reason']}>
        <Choice
          name="reason"
          legend={t('reason')}
          legendAs="hidden"
          hint={t('reasonHint')}
          pick="one"
          layout="chips"
          options={GUEST_NO_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
      </Fold>
      <SubmitButton wide look="secondary" pendingLabel={ui('sending')}>{t('another')}</SubmitButton>
    </ActionForm>
  )
}
