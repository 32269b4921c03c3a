import { useTranslations } from 'next-intl'
import { LinkSlip } from '@/components/records/intake-slip'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { FormWhen } from '@/components/ui/form-result'
import type { FormAction } from '@/lib/actions/state'

type Form = { action: FormAction; formKey: string; arrivalId: string }

function NewLinkForm({ action, formKey, arrivalId }: Form) {
  const t = useTranslations('coordinate.desk')
  const enter = useTranslations('coordinate.enter')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('newLink')}>
      <input type="hidden" name="arrivalId" value={arrivalId} />
      <FormWhen status={['idle', 'refused']}>
        <h3>{t('newLink')}</h3>
        <p className="text-muted">{t('newLinkText')}</p>
        <Checkbox name="heardCode" label={t('heardCode')} />
        <Checkbox name="heardFact" label={t('heardFact')} hint={t('heardFactHint')} />
        <div><SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('newLink')}</SubmitButton></div>
      </FormWhen>
      <LinkSlip
        words={{
          taken: t('linkMade'), readAloud: enter('readAloud', { code: '%' }), spelt: enter('spelt'), slip: enter('slip'),
          slipText: enter('slipText'), slipOnce: t('linkOnce'), slipCode: enter('slipCode'), qr: enter('qr'), print: enter('print'),
        }}
      />
    </ActionForm>
  )
}

function WithdrawForm({ action, formKey, arrivalId }: Form) {
  const t = useTranslations('coordinate.desk')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('withdraw')}>
      <input type="hidden" name="arrivalId" value={arrivalId} />
      <FormWhen status={['idle', 'refused']}>
        <h3>{t('withdraw')}</h3>
        <p className="text-muted">{t('withdrawText')}</p>
        <Checkbox name="heardCode" label={t('heardCode')} />
        <div><SubmitButton look="danger" pendingLabel={ui('sending')}>{t('withdraw')}</SubmitButton></div>
      </FormWhen>
    </ActionForm>
  )
}

type Props = { arrivalId: string; newLink: Omit<Form, 'arrivalId'>; withdraw: Omit<Form, 'arrivalId'> | null }

/** What a coordinator does for somebody who phones or stands at the desk: a new link, or taking the request back. */
export function DeskForms({ arrivalId, newLink, withdraw }: Props) {
  const t = useTranslations('coordinate.desk')
  return (
    <Card title={t('title')}>
      <NewLinkForm {...newLink} arrivalId={arrivalId} />
      {withdraw && <WithdrawForm {...withdraw} arrivalId={arrivalId} />}
    </Card>
  )
}
