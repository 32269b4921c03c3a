import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { FormAction } from '@/lib/actions/state'

type Props = { action: FormAction; formKey: string; paused: boolean }

/** The pause switch: says what it does before it does it. */
export function PauseForm({ action, formKey, paused }: Props) {
  const t = useTranslations('host.pause')
  const ui = useTranslations('ui')
  return (
    <Card title={paused ? t('onTitle') : t('offTitle')}>
      <p>{paused ? t('onText') : t('offText')}</p>
      <ActionForm action={action} formKey={formKey} label={t('offTitle')}>
        <input type="hidden" name="paused" value={paused ? 'no' : 'yes'} />
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{paused ? t('end') : t('begin')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
