import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Answers } from '@/components/need/answers'
import { NextButton } from '@/components/need/next-button'
import { NeedStep } from '@/components/need/step'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { formatDay } from '@/components/ui/time-words'
import { readContact } from '@/lib/arrivals/commands/contact'
import { intakeOf, readNeed, secretToSend } from '@/lib/arrivals/commands/draft'
import { deletionDay, firstNightOf } from '@/lib/arrivals/rules/nights'
import { personsOf } from '@/lib/arrivals/rules/party'
import { GROUP_FROM, type Intake } from '@/lib/arrivals/schema'
import { isServed } from '@/lib/auth/queries'
import { staySecret } from '@/lib/auth/session'
import { deskPhone } from '@/lib/config/desk'
import { newFormKey } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { PublicFrame } from '../../frames'
import { sendAction } from '../actions'
import { AlreadySent } from '../already-sent'
import { needTitle } from '../page-title'

export const generateMetadata = () => needTitle(4)

function isRisky({ reach, where }: Intake): boolean {
  const contact = readContact(reach, where.cityId)
  return contact !== null && typeof contact !== 'string' && contact.risky
}

/** Screen 4: everything once more, what happens with it, and one button. */
export default async function CheckPage() {
  const locale = await getLocale()
  const t = await getTranslations('need.check')
  const draft = await readNeed()
  const intake = draft && intakeOf(draft)
  if (!intake) redirect(`/${locale}/need`)
  const isSent = (await staySecret()) === (await secretToSend(draft))
  const phone = deskPhone()
  const firstNight = firstNightOf(intake.where.firstNight, todayIn(intake.where.cityId))
  const day = formatDay({ day: deletionDay(addDays(firstNight, intake.where.nights)), locale, style: 'plain' })
  return (
    <PublicFrame>
      <NeedStep step={4} title={t('title')}>
        <Card>
          <Answers intake={intake} firstNight={firstNight} />
        </Card>
        {personsOf(intake.who) >= GROUP_FROM && <Notice tone="info">{t('group')}</Notice>}
        {!(await isServed(intake.where.cityId)) && (
          <Notice tone="needs-you" title={t('unservedTitle')}>{phone === null ? t('unserved') : t('unservedCall', { phone })}</Notice>
        )}
        {isRisky(intake) && <Notice tone="needs-you">{t('risky')}</Notice>}
        {isSent && <AlreadySent />}
        <ActionForm action={sendAction} formKey={newFormKey()}>
          <p>{t('consent', { day })}</p>
          <NextButton>{t('send')}</NextButton>
        </ActionForm>
      </NeedStep>
    </PublicFrame>
  )
}
