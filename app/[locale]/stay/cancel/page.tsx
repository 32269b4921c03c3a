import { getLocale, getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { LinkButton } from '@/components/ui/link-button'
import { newFormKey } from '@/lib/privacy/secret'
import { PublicFrame } from '../../frames'
import { cancelAction } from '../actions'
import { ownView } from '../own-view'
import { stayTitle } from '../page-title'

export const generateMetadata = stayTitle

/** Takes back one agreed stay, or the whole request. */
export default async function CancelPage() {
  const view = await ownView()
  const locale = await getLocale()
  const t = await getTranslations('stay.cancel')
  const ui = await getTranslations('ui')
  const [agreed] = view.plans.flatMap(({ homes }) => homes).filter(({ state }) => state === 'CONFIRMED')
  const again = agreed ? [{ value: agreed.placementId, label: t('again'), hint: t('againHint') }] : []
  const options = [...again, { value: 'all', label: t('all'), hint: t('allHint') }]
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <ActionForm action={cancelAction} formKey={newFormKey()}>
        <Choice name="what" legend={t('choose')} legendAs="section" pick="one" options={options} initial={agreed ? [] : ['all']} />
        <div className="grid gap-3">
          <SubmitButton look="danger" wide pendingLabel={ui('sending')}>{t('confirm')}</SubmitButton>
          <LinkButton href={`/${locale}/stay`} look="quiet" wide>{t('back')}</LinkButton>
        </div>
      </ActionForm>
    </PublicFrame>
  )
}
