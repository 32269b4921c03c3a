import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { CodeForm } from '@/components/hosts/code-form'
import { isGuardedCode } from '@/lib/auth/queries'
import { signInDraftSchema } from '@/lib/auth/schema'
import { readDraft } from '@/lib/privacy/draft'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../../host/page-title'
import { enterCodeAction, mailCodeAgainAction } from '../actions'

export const generateMetadata = () => pageTitle('code')

/** The code from the mail. The same page for known and unknown addresses. */
export default async function SignInCodePage() {
  const draft = await readDraft('sign-in', signInDraftSchema)
  if (draft === null) redirect(`/${await getLocale()}/sign-in`)
  return (
    <CodeForm
      action={enterCodeAction}
      again={mailCodeAgainAction}
      formKey={newFormKey()}
      againKey={newFormKey()}
      mail={draft.mail}
      long={await isGuardedCode(draft.codeId)}
    />
  )
}
