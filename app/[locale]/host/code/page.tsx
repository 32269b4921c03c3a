import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { CodeForm } from '@/components/hosts/code-form'
import { isGuardedCode } from '@/lib/auth/queries'
import { newFormKey } from '@/lib/privacy/secret'
import { readOffer } from '../offer/draft'
import { pageTitle } from '../page-title'
import { confirmOfferAction, mailOfferCodeAgainAction } from './actions'

export const generateMetadata = () => pageTitle('code')

/** The code from the mail: the offer is written with it. */
export default async function OfferCodePage() {
  const { draft } = await readOffer()
  if (!draft?.you || !draft.codeId) redirect(`/${await getLocale()}/host/offer`)
  return (
    <CodeForm
      action={confirmOfferAction}
      again={mailOfferCodeAgainAction}
      formKey={newFormKey()}
      againKey={newFormKey()}
      mail={draft.you.mail}
      long={await isGuardedCode(draft.codeId)}
    />
  )
}
