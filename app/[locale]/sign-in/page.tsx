import { SignInForm } from '@/components/hosts/sign-in-form'
import { newFormKey } from '@/lib/privacy/secret'
import { pageTitle } from '../host/page-title'
import { askCodeAction } from './actions'

export const generateMetadata = () => pageTitle('signIn')

/** Sign-in of hosts and staff by a mailed code. */
export default function SignInPage() {
  return <SignInForm action={askCodeAction} formKey={newFormKey()} />
}
