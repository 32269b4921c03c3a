import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { NextButton } from '@/components/need/next-button'
import { NeedStep } from '@/components/need/step'
import { WhoFields } from '@/components/need/who-fields'
import { ActionForm } from '@/components/ui/action-form'
import { readNeed } from '@/lib/arrivals/commands/draft'
import type { Who } from '@/lib/arrivals/schema'
import { newFormKey } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { PublicFrame } from '../../frames'
import { keepWhoAction } from '../actions'
import { needTitle } from '../page-title'

const ONE_ADULT: Who = { adults: 1, childrenAges: [], circumstances: [], languages: [], growth: null }

export const generateMetadata = () => needTitle(2)

/** Screen 2: who comes. */
export default async function WhoPage() {
  const t = await getTranslations('need.who')
  const draft = await readNeed()
  if (!draft) redirect(`/${await getLocale()}/need`)
  return (
    <PublicFrame>
      <NeedStep step={2} title={t('title')}>
        <ActionForm action={keepWhoAction} formKey={newFormKey()}>
          <WhoFields who={draft.who ?? ONE_ADULT} today={todayIn(draft.where.cityId)} />
          <NextButton />
        </ActionForm>
      </NeedStep>
    </PublicFrame>
  )
}
