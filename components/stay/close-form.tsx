import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import type { FormAction } from '@/lib/actions/state'

/** Forgets the newcomer on a phone that is not theirs; the request goes on. */
export function CloseForm({ action, formKey }: { action: FormAction; formKey: string }) {
  const t = useTranslations('stay.close')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} className="grid gap-2 border-t border-line pt-6" label={t('button')}>
      <p className="text-sm text-muted">{t('hint')}</p>
      <SubmitButton look="secondary" wide pendingLabel={ui('sending')}>{t('button')}</SubmitButton>
    </ActionForm>
  )
}
