import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import type { FormAction } from '@/lib/actions/state'
import { HouseholdFields, type HouseholdValues } from './household-fields'

/** The facts of a household that hosts already. */
export function HouseholdForm({ action, formKey, version, values }: { action: FormAction; formKey: string; version: number; values: HouseholdValues }) {
  const t = useTranslations('host.home')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('household')}>
      <input type="hidden" name="version" value={version} />
      <HouseholdFields values={values} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('save')}</SubmitButton>
    </ActionForm>
  )
}
