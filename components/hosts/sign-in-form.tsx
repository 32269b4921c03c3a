import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import type { FormAction } from '@/lib/actions/state'

/** Sign-in begins with a mail address; there is no password to forget. */
export function SignInForm({ action, formKey }: { action: FormAction; formKey: string }) {
  const t = useTranslations('host.signIn')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey}>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <Field name="mail" type="email" inputMode="email" label={t('mail')} autoComplete="email" required />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('submit')}</SubmitButton>
    </ActionForm>
  )
}
