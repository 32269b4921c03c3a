import { getTranslations } from 'next-intl/server'
import { CancelForm } from '@/components/stay/cancel-form'
import { cancellable } from '@/lib/arrivals/rules/stay'
import { newFormKey } from '@/lib/privacy/secret'
import { cancelAction } from '../actions'
import { OwnFrame } from '../own-frame'
import { ownView } from '../own-view'
import { stayTitle } from '../page-title'

export const generateMetadata = stayTitle

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Takes back the agreed stay that was pressed, or the whole request. */
export default async function CancelPage({ searchParams }: Props) {
  const view = await ownView()
  const t = await getTranslations('stay.cancel')
  const { home } = await searchParams
  const { homes, there } = cancellable(view, home)
  return (
    <OwnFrame>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <CancelForm homes={homes} there={there} action={cancelAction} formKey={newFormKey()} />
    </OwnFrame>
  )
}
