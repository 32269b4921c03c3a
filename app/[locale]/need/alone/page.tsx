import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
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
      <Notice tone="needs-you" title={<a href="tel:111" className="inline-flex min-h-(--target) min-w-12 items-center text-2xl text-ink">111</a>}>{t('line')}</Notice>
      <p>{t('police')}</p>
      <p>{t('station')}</p>
      <p className="text-muted">{t('stored')}</p>
      <p>
        <TextLink href={`/${await getLocale()}/need`}>{t('back')}</TextLink>
      </p>
    </PublicFrame>
  )
}
