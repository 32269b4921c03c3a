import { getLocale, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/link-button'
import { PublicFrame } from './frames'

/** Says who can, not only that you cannot. */
export default async function ForbiddenPage() {
  const locale = await getLocale()
  const t = await getTranslations('pages')
  return (
    <PublicFrame>
      <h1>{t('forbidden.title')}</h1>
      <p>{t('forbidden.text')}</p>
      <LinkButton href={`/${locale}`}>{t('notFound.home')}</LinkButton>
    </PublicFrame>
  )
}
