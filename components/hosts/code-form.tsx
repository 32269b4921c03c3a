import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import type { FormAction } from '@/lib/actions/state'

type Props = {
  action: FormAction
  again: FormAction
  formKey: string
  againKey: string
  /** Where the code went: the reader typed it a moment ago. */
  mail: string
  /** Ten letters and digits instead of six digits. */
  long: boolean
}

/** The code from the mail, and another mail when it does not come. */
export function CodeForm({ action, again, formKey, againKey, mail, long }: Props) {
  const t = useTranslations('host.code')
  const ui = useTranslations('ui')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t(long ? 'sentLong' : 'sent', { mail })}</p>
      <ActionForm action={action} formKey={formKey}>
        <Field
          name="code"
          label={t('code')}
          hint={t('hint')}
          inputMode={long ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          maxLength={long ? 16 : 12}
          width="short"
          required
        />
        <SubmitButton wide pendingLabel={ui('sending')}>{t('submit')}</SubmitButton>
      </ActionForm>
      <ActionForm action={again} formKey={againKey} className="grid gap-2" label={t('again')}>
        <p className="text-muted">{t('notCome')}</p>
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('again')}</SubmitButton>
        </div>
      </ActionForm>
    </>
  )
}
