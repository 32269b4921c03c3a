import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { FormAction } from '@/lib/actions/state'

/** One tap that keeps an offer fresh. `when`: the last time, in words. */
export function StillStands({ action, formKey, when }: { action: FormAction; formKey: string; when: ReactNode }) {
  const t = useTranslations('host.fresh')
  const ui = useTranslations('ui')
  return (
    <Card title={t('title')}>
      <p>
        {t('text')} <span className="text-muted">{t('last')} {when}.</span>
      </p>
      <ActionForm action={action} formKey={formKey} label={t('title')}>
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('yes')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
