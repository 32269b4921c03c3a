import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import type { FormAction } from '@/lib/actions/state'
import type { OfferDraft } from '@/lib/hosts/schema'

type Props = { action: FormAction; formKey: string; known: OfferDraft['you'] }

/** Screen 5: a first name, a mail address, and whether guests may learn it. */
export function YouForm({ action, formKey, known }: Props) {
  const t = useTranslations('host.offer.you')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey}>
      <h1>{t('title')}</h1>
      <Field name="firstName" label={t('firstName')} hint={t('firstNameHint')} initial={known?.firstName ?? ''} autoComplete="given-name" required />
      <Field name="mail" type="email" inputMode="email" label={t('mail')} hint={t('mailHint')} initial={known?.mail ?? ''} autoComplete="email" required />
      <Checkbox name="contactShown" label={t('contactShown')} hint={t('contactShownHint')} initial={known?.contactShown ?? false} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('next')}</SubmitButton>
    </ActionForm>
  )
}
