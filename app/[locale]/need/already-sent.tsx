import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/** Says that this browser has a request, and leads to its page. */
export async function AlreadySent() {
  const t = await getTranslations('need.already')
  return (
    <Notice tone="info">
      {t('text')} <Link href={`/${await getLocale()}/stay`} prefetch={false}>{t('link')}</Link>
    </Notice>
  )
}
