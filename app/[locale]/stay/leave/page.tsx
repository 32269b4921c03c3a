import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { LEAVING_REASONS } from '@/lib/arrivals/schema'
import { newFormKey } from '@/lib/privacy/secret'
import { leaveAction } from '../actions'
import { OwnFrame } from '../own-frame'
import { ownView } from '../own-view'
import { stayTitle } from '../page-title'

export const generateMetadata = stayTitle

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Ends a running stay before its last morning; no reason is required. */
export default async function LeavePage({ searchParams }: Props) {
  const view = await ownView()
  const locale = await getLocale()
  const t = await getTranslations('stay.leave')
  const ui = await getTranslations('ui')
  const { home: asked } = await searchParams
  const running = view.plans.flatMap(({ homes }) => homes).filter(({ state }) => state === 'ARRIVED')
  const home = running.find(({ placementId }) => placementId === asked) ?? running[0]
  if (!home) redirect(`/${locale}/stay`)
  return (
    <OwnFrame>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <Notice tone="danger">{t('danger')}</Notice>
      <ActionForm action={leaveAction} formKey={newFormKey()}>
        <input type="hidden" name="placementId" value={home.placementId} />
        <Checkbox name="needsPlace" label={t('needsPlace')} hint={t('needsPlaceHint')} />
        <Choice
          name="reason" legend={t('reason')} pick="one" layout="chips"
          options={LEAVING_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <div className="grid gap-3">
          <SubmitButton look="danger" wide pendingLabel={ui('sending')}>{t('confirm')}</SubmitButton>
          <LinkButton href={`/${locale}/stay`} look="quiet" wide>{t('back')}</LinkButton>
        </div>
      </ActionForm>
    </OwnFrame>
  )
}
