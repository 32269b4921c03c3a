import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'

type Props = { action: FormAction; formKey: string; draftId: string; rehearsed: boolean }

/** The last step: a city decides by these weights from now on. It opens once their outcome was seen. */
export function AdoptForm({ action, formKey, draftId, rehearsed }: Props) {
  const t = useTranslations('policy.adopt')
  const ui = useTranslations('ui')
  return (
    <Card title={t('title')} look={rehearsed ? 'lit' : 'plain'}>
      {!rehearsed && <Notice tone="info">{t('first')}</Notice>}
      {rehearsed && (
        <ActionForm action={action} formKey={formKey} label={t('title')} className="grid gap-3 sm:justify-items-start">
          <input type="hidden" name="draftId" value={draftId} />
          <p className="max-w-[66ch]">{t('hint')}</p>
          <SubmitButton pendingLabel={ui('sending')}>{t('button')}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  )
}
