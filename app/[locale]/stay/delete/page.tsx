import { getLocale, getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { formatDay } from '@/components/ui/time-words'
import { newFormKey } from '@/lib/privacy/secret'
import { eraseAction } from '../actions'
import { OwnFrame } from '../own-frame'
import { ownView } from '../own-view'
import { stayTitle } from '../page-title'

const CONSEQUENCES = ['now', 'ends', 'stays', 'undo'] as const

export const generateMetadata = stayTitle

/** What will be gone, and the second of two taps. */
export default async function DeletePage() {
  const view = await ownView()
  const locale = await getLocale()
  const t = await getTranslations('stay.delete')
  const ui = await getTranslations('ui')
  return (
    <OwnFrame>
      <h1>{t('title')}</h1>
      <ul className="grid list-disc gap-2 pl-6">
        {CONSEQUENCES.map((key) => <li key={key}>{t(key)}</li>)}
      </ul>
      <p className="text-muted">{t('otherwise', { day: formatDay({ day: view.deletionDay, locale, style: 'plain' }) })}</p>
      <ActionForm action={eraseAction} formKey={newFormKey()} className="grid gap-3">
        <SubmitButton look="danger" wide pendingLabel={ui('sending')}>{t('confirm')}</SubmitButton>
        <LinkButton href={`/${locale}/stay`} look="quiet" wide>{t('back')}</LinkButton>
      </ActionForm>
    </OwnFrame>
  )
}
