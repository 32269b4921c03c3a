import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { NextButton } from '@/components/need/next-button'
import { ReachFields } from '@/components/need/reach-fields'
import { NeedStep } from '@/components/need/step'
import { ActionForm } from '@/components/ui/action-form'
import { readNeed } from '@/lib/arrivals/commands/draft'
import { pickNickname } from '@/lib/arrivals/rules/nickname'
import { newFormKey } from '@/lib/privacy/secret'
import { PublicFrame } from '../../frames'
import { keepReachAction } from '../actions'
import { needTitle } from '../page-title'

export const generateMetadata = () => needTitle(3)

/** Screen 3: how to be reached. */
export default async function ReachPage() {
  const t = await getTranslations('need')
  const draft = await readNeed()
  if (!draft?.who) redirect(`/${await getLocale()}/need`)
  const nickname = pickNickname({ seed: draft.seed, colours: t('nicknames.colours'), animals: t('nicknames.animals') })
  return (
    <PublicFrame>
      <NeedStep step={3} title={t('reach.title')}>
        <ActionForm action={keepReachAction} formKey={newFormKey()}>
          <ReachFields reach={draft.reach ?? { kind: 'NONE', contact: '', nickname }} />
          <NextButton />
        </ActionForm>
      </NeedStep>
    </PublicFrame>
  )
}
