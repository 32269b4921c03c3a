import { getLocale, getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/ui/text-link'
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
      <p>
        <TextLink href={`/${await getLocale()}`}>{t('home')}</TextLink>
      </p>
    </PublicFrame>
  )
}
