import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'

type Props = { action: FormAction; formKey: string }

/** Says that the home is listed with other answers and where those are corrected; a second home is the host's own word. */
export function OfferedBefore({ action, formKey }: Props) {
  const t = useTranslations('host.offer.offered')
  const ui = useTranslations('ui')
  return (
    <>
      <Notice tone="needs-you" title={t('title')} actions={<LinkButton href={`/${useLocale()}/host`} look="primary">{t('open')}</LinkButton>}>
        {t('text')}
      </Notice>
      <ActionForm action={action} formKey={formKey} className="grid gap-2" label={t('another')}>
        <p className="text-muted">{t('anotherText')}</p>
        <div>
          <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('another')}</SubmitButton>
        </div>
      </ActionForm>
    </>
  )
}
