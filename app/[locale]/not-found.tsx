import { getLocale, getTranslations } from 'next-intl/server'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PublicFrame } from './frames'

/** The same words for what never was, what is gone and what is not yours. */
export default async function NotFoundPage() {
  const locale = await getLocale()
  const t = await getTranslations('pages.notFound')
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      <EmptyState title={t('text')} action={<LinkButton href={`/${locale}`}>{t('home')}</LinkButton>} />
    </PublicFrame>
  )
}
