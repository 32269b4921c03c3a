import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'
import { PublicFrame } from '../../frames'
import { needTitle } from '../page-title'

export const generateMetadata = () => needTitle(2)

/** Children without an adult: a clear stop with people who can help now. Nothing is kept. */
export default async function AlonePage() {
  const t = await getTranslations('need.alone')
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <Notice tone="needs-you" title={<a href="tel:111" className="text-2xl text-ink">111</a>}>{t('line')}</Notice>
      <p>{t('police')}</p>
      <p>{t('station')}</p>
      <p className="text-muted">{t('stored')}</p>
      <p>
        <Link href={`/${await getLocale()}/need`} prefetch={false}>{t('back')}</Link>
      </p>
    </PublicFrame>
  )
}
