import { getTranslations } from 'next-intl/server'
import { ContactShownForm } from '@/components/hosts/contact-form'
import { HouseholdForm } from '@/components/hosts/household-form'
import { hostHome } from '@/lib/hosts/queries/home'
import { newFormKey } from '@/lib/privacy/secret'
import { guarded } from '../../guard'
import { requireHost } from '../access'
import { changeHouseholdAction, showContactAction } from '../actions'
import { pageTitle } from '../page-title'

export const generateMetadata = () => pageTitle('household')

/** Who lives with the host, who is welcome, which languages; and whether guests learn the host's mail address. */
export default async function HouseholdPage() {
  const { hostId } = await requireHost()
  const t = await getTranslations('host.home')
  const { version, facts, contactShown } = await guarded(() => hostHome(hostId))
  return (
    <>
      <h1>{t('household')}</h1>
      <HouseholdForm action={changeHouseholdAction} formKey={newFormKey()} version={version} values={facts} />
      <ContactShownForm action={showContactAction} formKey={newFormKey()} shown={contactShown} />
    </>
  )
}
