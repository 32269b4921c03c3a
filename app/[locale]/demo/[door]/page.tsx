import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import { DEMO_DOORS } from '@/lib/auth/demo'
import { isDemo } from '@/lib/config/env'
import { newFormKey } from '@/lib/privacy/secret'
import { PublicFrame } from '../../frames'
import { openDoorAction } from '../actions'

/** One door of the demo. Looking at it changes nothing; the button opens a session. */
export default async function DemoDoorPage({ params }: { params: Promise<{ door: string }> }) {
  const wanted = (await params).door
  const door = DEMO_DOORS.find((known) => known === wanted)
  if (!isDemo || door === undefined) notFound()
  const locale = await getLocale()
  const t = await getTranslations('pages.demo')
  return (
    <PublicFrame>
      <h1>{t(door)}</h1>
      <p>{t(`${door}Hint`)}</p>
      <p className="text-muted">{t('doorText')}</p>
      <ActionForm action={openDoorAction} formKey={newFormKey()}>
        <input type="hidden" name="door" value={door} />
        <SubmitButton pendingLabel={t('entering')} wide>{t('enter')}</SubmitButton>
      </ActionForm>
      <p>
        <TextLink href={`/${locale}/demo`}>{t('back')}</TextLink>
      </p>
    </PublicFrame>
  )
}
