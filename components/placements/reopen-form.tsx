import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import type { FormAction } from '@/lib/actions/state'

/** Somebody whose request was closed needs a place after all. */
export function ReopenForm({ action, formKey, arrivalId }: { action: FormAction; formKey: string; arrivalId: string }) {
  const t = useTranslations('coordinate.case')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('reopen')} className="grid gap-2">
      <input type="hidden" name="arrivalId" value={arrivalId} />
      <p className="text-muted">{t('reopenHint')}</p>
      <div>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('reopen')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
