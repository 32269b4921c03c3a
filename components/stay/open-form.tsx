import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { TextLink } from '@/components/ui/text-link'
import type { FormAction } from '@/lib/actions/state'
import { FragmentReader } from './fragment-reader'

type Props = { action: FormAction; formKey: string }

/** For a browser that carries no secret yet: paste the link or type its characters. */
export function OpenForm({ action, formKey }: Props) {
  const t = useTranslations('stay.open')
  const ui = useTranslations('ui')
  const locale = useLocale()
  return (
    <>
      <h1>{t('heading')}</h1>
      <p>{t('text')}</p>
      <ActionForm action={action} formKey={formKey}>
        <Field name="secret" label={t('secret')} autoComplete="off" maxLength={1_600} />
        <FragmentReader />
        <SubmitButton wide pendingLabel={ui('loading')}>{t('button')}</SubmitButton>
      </ActionForm>
      <p className="text-muted">{t('lost')}</p>
      <p>
        <TextLink href={`/${locale}/need`}>{t('new')}</TextLink>
      </p>
    </>
  )
}

/** On a page that is open already: another link opens the other request, from the address or pasted here. */
export function OpenAnother({ action, formKey }: Props) {
  const t = useTranslations('stay.open')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('another')}>
      <FragmentReader />
      <Fold summary={t('another')} names={['secret']}>
        <Field name="secret" label={t('secret')} autoComplete="off" maxLength={1_600} />
        <SubmitButton look="secondary" wide pendingLabel={ui('loading')}>{t('button')}</SubmitButton>
      </Fold>
    </ActionForm>
  )
}
