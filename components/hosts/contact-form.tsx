import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import type { FormAction } from '@/lib/actions/state'

/** Whether guests of a confirmed stay may learn the host's mail address. */
export function ContactShownForm({ action, formKey, shown }: { action: FormAction; formKey: string; shown: boolean }) {
  const t = useTranslations('host.home')
  const you = useTranslations('host.offer.you')
  const ui = useTranslations('ui')
  return (
    <Card title={t('contact')}>
      <ActionForm action={action} formKey={formKey} label={t('contact')}>
        <Checkbox name="contactShown" label={you('contactShown')} hint={you('contactShownHint')} initial={shown} />
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('saveContact')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
