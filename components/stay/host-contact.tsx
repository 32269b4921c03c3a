import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { FormWhen } from '@/components/ui/form-result'
import type { FormAction } from '@/lib/actions/state'
import { ContactLink } from './contact-link'

type Props = {
  placementId: string
  /** The host lets guests of a confirmed stay see the contact. */
  shown: boolean
  /** Phone of the duty desk, for everybody else. */
  phone: string | null
  action: FormAction
  formKey: string
}

/** How to reach a host who shows no contact. */
export function ThroughDesk({ phone }: { phone: string | null }) {
  const t = useTranslations('stay.contact')
  return <p>{phone === null ? t('byCoordinator') : t('byDesk', { phone })}</p>
}

/** How to reach the host: by a recorded press where the host allows it, else through the desk. */
export function HostContact({ placementId, shown, phone, action, formKey }: Props) {
  const t = useTranslations('stay.contact')
  const ui = useTranslations('ui')
  if (!shown) return <ThroughDesk phone={phone} />
  return (
    <ActionForm action={action} formKey={formKey} label={t('ask')} className="grid gap-2" quiet>
      <input type="hidden" name="placementId" value={placementId} />
      <ContactLink call={t('call')} write={t('write')} none={t('byCoordinator')} />
      <FormWhen status={['idle', 'refused']}>
        <SubmitButton look="secondary" wide pendingLabel={ui('loading')}>{t('ask')}</SubmitButton>
        <p className="text-sm text-muted">{t('note')}</p>
      </FormWhen>
    </ActionForm>
  )
}
