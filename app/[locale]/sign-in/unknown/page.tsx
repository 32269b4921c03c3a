import { getLocale, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/link-button'
import { pageTitle } from '../../host/page-title'

export const generateMetadata = () => pageTitle('signIn')

/** The mail address is proved, and nobody has it yet. */
export default async function UnknownMailPage() {
  const locale = await getLocale()
  const t = await getTranslations('host.signIn')
  return (
    <>
      <h1>{t('unknownTitle')}</h1>
      <p>{t('unknownText')}</p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={`/${locale}/host/offer`}>{t('offer')}</LinkButton>
        <LinkButton href={`/${locale}/sign-in`} look="secondary">{t('otherMail')}</LinkButton>
      </div>
    </>
  )
}
