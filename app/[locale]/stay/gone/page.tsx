import { getLocale, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/link-button'
import { PublicFrame } from '../../frames'
import { stayTitle } from '../page-title'

export const generateMetadata = stayTitle

/** After everything was deleted. */
export default async function GonePage() {
  const t = await getTranslations('stay.gone')
  return (
    <PublicFrame>
      <h1>{t('heading')}</h1>
      <p>{t('text')}</p>
      <LinkButton href={`/${await getLocale()}`} wide>{t('home')}</LinkButton>
    </PublicFrame>
  )
}
